import { type FrameMessage, readDrawRequest } from '../features/markdown/diagram/diagram-protocol.ts';
import { drawDiagram } from './draw-diagram.ts';

/** Of the page that this server serves; this frame itself has no origin. */
const { origin: pageOrigin } = new URL(window.location.href);

const say = (message: FrameMessage) => window.parent.postMessage(message, pageOrigin);

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  const request = event.source === window.parent && event.origin === pageOrigin ? readDrawRequest(event.data) : undefined;
  if (!request) return;
  void drawDiagram(request).then(
    (picture) => say({ type: 'drawn', id: request.id, picture }),
    (error: unknown) => say({ type: 'refused', id: request.id, detail: detailOf(error) }),
  );
});

/** Where the mistake is; the list of everything that could have stood there instead helps nobody. */
function detailOf(error: unknown): string {
  const [where = ''] = (error instanceof Error ? error.message : String(error)).split('\nExpecting ');
  return where.trim().slice(0, 600);
}

say({ type: 'ready' });
