import type { OpenFrame } from './diagram-painter.ts';
import { type FrameMessage, readFrameMessage } from './diagram-protocol.ts';

const address = '/diagram/frame.html';
/** Its own world: it has no origin, so nothing of this page's is in its reach. */
const foreignOrigin = 'null';

/** The frame that draws; laid out, because it has to measure, but never seen. */
export function openDiagramFrame(onMessage: (message: FrameMessage) => void): OpenFrame {
  const frame = document.createElement('iframe');
  frame.className = 'diagram-frame';
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.setAttribute('aria-hidden', 'true');
  frame.tabIndex = -1;
  frame.title = 'Diagrams';
  frame.src = address;
  const listening = new AbortController();
  const receive = (event: MessageEvent<unknown>) => {
    if (event.source !== frame.contentWindow || event.origin !== foreignOrigin) return;
    const message = readFrameMessage(event.data);
    if (message) onMessage(message);
  };
  window.addEventListener('message', receive, { signal: listening.signal });
  document.body.append(frame);
  return {
    // Without an origin there is no name to address it by; what it is told is the diagram and nothing else.
    post: (request) => frame.contentWindow?.postMessage(request, '*'),
    close: () => {
      listening.abort();
      frame.remove();
    },
  };
}
