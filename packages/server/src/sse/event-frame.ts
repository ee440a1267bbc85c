import type { RunEvent } from '@multimodel/core';
import type { PublishedRunEvent } from '../rest/run-event-dto.ts';

/** Made once per event, however many watch: all get the same bytes. Snapshots are made per watcher and not worth keeping. */
const frames = new WeakMap<RunEvent, string>();

export function eventFrame(event: PublishedRunEvent): string {
  if (event.type === 'snapshot') return toFrame(event);
  const known = frames.get(event);
  if (known !== undefined) return known;
  const frame = toFrame(event);
  frames.set(event, frame);
  return frame;
}

/** JSON has no raw line break, so one `data:` line holds it. */
function toFrame(event: PublishedRunEvent): string {
  return `id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`;
}
