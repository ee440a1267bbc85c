import type { MessageDto, WarningDto } from '@multimodel/contract';
import { Info } from 'lucide-react';
import { useLanguage, useTexts } from '../preferences/use-texts.ts';
import { formatNumber } from './facts.ts';

/** What a reader has to know about an answer that is not simply complete. */
interface AnswerNotesProps {
  readonly message: MessageDto;
  readonly onAskAgain?: (() => void) | undefined;
  readonly onContinue?: (() => void) | undefined;
}

export function AnswerNotes({ message, onAskAgain, onContinue }: AnswerNotesProps) {
  const t = useTexts();
  const note = noteText(message, t);
  return (
    <>
      {note && (
        <div className="note">
          <p>{note}</p>
          {onContinue && (
            <button type="button" className="button button-quiet" onClick={onContinue}>
              {t.answer_continue()}
            </button>
          )}
          {!onContinue && onAskAgain && message.text === '' && (
            <button type="button" className="button button-quiet" onClick={onAskAgain}>
              {t.ask_again()}
            </button>
          )}
        </div>
      )}
      {message.warnings && message.warnings.length > 0 && <Warnings warnings={message.warnings} />}
    </>
  );
}

function noteText({ state, text, reason, attachments = [] }: MessageDto, t: ReturnType<typeof useTexts>): string | undefined {
  switch (state) {
    case 'stopped':
      return text === '' ? t.note_stopped_empty() : t.note_stopped();
    case 'interrupted':
      return t.note_interrupted();
    case 'completed':
      return reasonText(reason, t) ?? (text.trim() === '' && attachments.length === 0 ? t.note_empty() : undefined);
    default:
      return undefined;
  }
}

function reasonText(reason: MessageDto['reason'], t: ReturnType<typeof useTexts>): string | undefined {
  if (reason === 'length') return t.note_length();
  return reason === 'content_filter' ? t.note_filtered() : undefined;
}

function Warnings({ warnings }: { readonly warnings: readonly WarningDto[] }) {
  const t = useTexts();
  const language = useLanguage();
  const textOf = ({ code, parameter = '', count, files }: WarningDto): string => {
    switch (code) {
      case 'parameter_dropped':
        return t.warning_parameter_dropped({ parameter });
      case 'parameter_changed':
        return t.warning_parameter_changed({ parameter });
      case 'content_dropped':
        return files ? t.warning_files_dropped({ files: files.join(', ') }) : t.warning_content_dropped();
      case 'content_changed':
        return t.warning_files_as_text({ files: (files ?? []).join(', ') });
      case 'messages_left_out':
        return count === undefined ? t.warning_left_out_uncounted() : t.warning_left_out({ count, shown: formatNumber(count, language) });
      case 'endpoint_changed':
        return t.warning_endpoint_changed();
      default:
        return code satisfies never;
    }
  };
  return (
    <ul className="warnings">
      {warnings.map((warning) => (
        <li key={`${warning.code}-${warning.parameter}-${warning.message}`} title={warning.message}>
          <Info size={14} aria-hidden className="mt-0.5 shrink-0" />
          {textOf(warning)}
        </li>
      ))}
    </ul>
  );
}
