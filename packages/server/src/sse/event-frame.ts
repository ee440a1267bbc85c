import type { Language, RunEvent, RunSnapshot } from '@multimodel/core';
import { toRunErrorDto } from '../rest/chat-dto.ts';
import type { PublishedRunEvent } from '../rest/run-event-dto.ts';

/** Made once per event, however many watch: all of one language get the same bytes. Snapshots are made per watcher and not worth keeping. */
const frames = { ru: new WeakMap<RunEvent, string>(), en: new WeakMap<RunEvent, string>() } as const satisfies Record<Language, unknown>;

export function eventFrame(event: RunEvent | RunSnapshot, language: Language): string {
  if (event.type === 'snapshot') return toFrame(event);
  const known = frames[language].get(event);
  if (known !== undefined) return known;
  const frame = toFrame(inWordsOf(event, language));
  frames[language].set(event, frame);
  return frame;
}

function inWordsOf(event: RunEvent, language: Language): PublishedRunEvent {
  if (event.type !== 'finish' || !event.error) return event;
  return { ...event, error: toRunErrorDto(event.error, language) };
}

/** JSON has no raw line break, so one `data:` line holds it. */
function toFrame(event: PublishedRunEvent): string {
  return `id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`;
}
