import type { FileRefusal } from '@multimodel/contract/file-fit';
import { TriangleAlert } from 'lucide-react';
import { useStore } from 'zustand';
import type { Conversation } from '../../state/conversation.ts';
import type { FileTray, TrayFile } from '../../state/file-tray.ts';
import { useChooseModel } from '../models/use-choose-model.ts';
import { useModelChoice, useModels } from '../models/use-models.ts';
import { useLanguage, useTexts } from '../preferences/use-texts.ts';
import { modelsFor } from './file-send.ts';
import { refusalText } from './file-texts.ts';

interface TrayNotesProps {
  readonly conversation: Conversation;
  readonly tray: FileTray;
  /** By the place of the file. */
  readonly refusals: readonly (FileRefusal | undefined)[];
}

/** Why the message does not go yet, and what would help. */
export function TrayNotes({ conversation, tray, refusals }: TrayNotesProps) {
  const t = useTexts();
  const { files, isSendWanted } = useStore(tray.store);
  const isRefused = refusals.some((refusal) => refusal);
  return (
    <div role="status" className="tray-notes">
      {isRefused && <Refused conversation={conversation} files={files} refusals={refusals} />}
      {!isRefused && files.some(({ state }) => state === 'failed') && <p className="text-muted">{t.files_blocked()}</p>}
      {isSendWanted && (
        <p className="tray-note">
          <span>{t.files_send_wanted()}</span>
          <button type="button" className="button button-quiet" onClick={() => tray.wantSend(false)}>
            {t.files_send_unwanted()}
          </button>
        </p>
      )}
    </div>
  );
}

interface RefusedProps extends Pick<TrayNotesProps, 'conversation' | 'refusals'> {
  readonly files: readonly TrayFile[];
}

function Refused({ conversation, files, refusals }: RefusedProps) {
  const t = useTexts();
  const language = useLanguage();
  const { models } = useModels();
  const { model } = useModelChoice(conversation);
  const choose = useChooseModel(conversation);
  if (!model) return null;
  const others = modelsFor(files, model, models);
  return (
    <div className="tray-note">
      <TriangleAlert size={16} aria-hidden className="tray-note-icon" />
      <div className="min-w-0 flex-1">
        {reasonsOf(files, refusals).map(({ refusal, names }) => (
          <p key={`${refusal.reason}-${refusal.limit}`}>{refusalText(refusal, { names: names.join(', '), model: model.name }, language)}</p>
        ))}
        <p className="text-muted">{others.length > 0 ? t.files_other_models() : t.files_no_model()}</p>
        {others.length > 0 && (
          <div className="tray-models">
            {others.map(({ id, name, providerName }) => (
              <button key={id} type="button" className="button button-quiet" title={providerName} onClick={() => choose(id)}>
                {t.files_choose_model({ model: name })}
              </button>
            ))}
          </div>
        )}
      </div>
    </div>
  );
}

/** One line for all files with the same fault. */
function reasonsOf(files: readonly TrayFile[], refusals: TrayNotesProps['refusals']) {
  const byReason = new Map<string, { refusal: FileRefusal; names: string[] }>();
  refusals.forEach((refusal, index) => {
    if (!refusal) return;
    const key = `${refusal.reason} ${refusal.limit}`;
    const found = byReason.get(key) ?? { refusal, names: [] };
    found.names.push(files[index]?.name ?? '');
    byReason.set(key, found);
  });
  return [...byReason.values()];
}
