import { Popover } from '@base-ui/react/popover';
import { useId } from 'react';
import type { Conversation } from '../../state/conversation.ts';
import { formatNumber } from '../chat/facts.ts';
import { useLanguage } from '../preferences/use-texts.ts';
import { useSettingsTexts } from '../settings-pages/use-settings-texts.ts';
import { type ContextState, useContextState } from './use-context-forecast.ts';

interface ContextGaugeProps {
  readonly conversation: Conversation;
  readonly text: string;
}

const radius = 7;
const around = 2 * Math.PI * radius;

/** A small ring: how much of the room for the conversation is taken. Tells more when asked; before anything is said there is nothing to tell. */
export function ContextGauge({ conversation, text }: ContextGaugeProps) {
  const s = useSettingsTexts();
  const language = useLanguage();
  const state = useContextState(conversation, text);
  if (!state) return null;
  // Keeps its place, so that the first letter moves nothing.
  if (state.taken === 0) return <span className="context-place" />;
  const shown = Math.min(1, state.taken);
  const percent = new Intl.NumberFormat(language, { style: 'percent' }).format(shown);
  const label = s.context_label({ percent });
  return (
    <Popover.Root>
      <Popover.Trigger className="icon-button context-gauge" data-level={state.level} aria-label={label} title={label}>
        <svg viewBox="0 0 18 18" width={18} height={18} aria-hidden>
          <circle cx={9} cy={9} r={radius} className="context-track" />
          <circle cx={9} cy={9} r={radius} className="context-taken" strokeDasharray={`${shown * around} ${around}`} />
        </svg>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner side="top" align="end" sideOffset={8} collisionPadding={8} className="z-40">
          <Popover.Popup className="context-details">
            <Popover.Title className="font-semibold">{label}</Popover.Title>
            <ContextDetails state={state} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function ContextDetails({ state }: { readonly state: ContextState }) {
  const s = useSettingsTexts();
  const language = useLanguage();
  const free = Math.max(0, state.contextWindow - state.reservedForAnswer - state.conversationTokens - state.textTokens);
  const rows = [
    [s.context_conversation(), state.conversationTokens],
    [s.context_text(), state.textTokens],
    [s.context_free(), free],
    [s.context_reserved(), state.reservedForAnswer],
    [s.context_window(), state.contextWindow],
  ] as const;
  return (
    <>
      <dl className="context-rows">
        {rows.map(([name, tokens]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{formatNumber(tokens, language)}</dd>
          </div>
        ))}
      </dl>
      <p className="field-help">{s.context_estimated()}</p>
      {(state.leftOut > 0 || state.isCut) && <p className="field-help">{s.context_left_out_why()}</p>}
    </>
  );
}

/** In words, once it matters: before sending, not after. */
export function ContextNote({ conversation, text }: ContextGaugeProps) {
  const s = useSettingsTexts();
  const language = useLanguage();
  const id = useId();
  const state = useContextState(conversation, text);
  const note = state && noteOf(state, s, language);
  return (
    <div role="status" id={id} className="context-note" data-level={note ? state.level : undefined}>
      {note}
    </div>
  );
}

function noteOf(state: ContextState, s: ReturnType<typeof useSettingsTexts>, language: 'ru' | 'en'): string | undefined {
  const { leftOut, isCut, isTooLong, level, taken } = state;
  if (isTooLong) return s.context_too_long();
  if (isCut) return s.context_left_out_uncounted();
  if (leftOut > 0) return s.context_left_out({ count: leftOut, shown: formatNumber(leftOut, language) });
  if (level !== 'tight') return undefined;
  return s.context_tight({ percent: new Intl.NumberFormat(language, { style: 'percent' }).format(taken) });
}
