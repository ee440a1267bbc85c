import type { HighlightReply } from './highlight-protocol.ts';
import type { HighlightPort } from './highlight-session.ts';

let port: HighlightPort | undefined;

/** The worker is started by the first code block. Without one, code stays plain. */
export function highlightPort(): HighlightPort {
  port ??= startWorker();
  return port;
}

function startWorker(): HighlightPort {
  const listeners = new Map<number, (reply: HighlightReply) => void>();
  const worker = new Worker(new URL('./highlight-worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }: MessageEvent<HighlightReply>) => listeners.get(data.id)?.(data));
  return {
    send: (request) => worker.postMessage(request),
    listen: (id, onReply) => {
      listeners.set(id, onReply);
      return () => listeners.delete(id);
    },
  };
}
