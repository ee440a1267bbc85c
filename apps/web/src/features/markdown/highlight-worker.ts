import type { HighlightReply, HighlightRequest } from './highlight-protocol.ts';
import { IncrementalHighlighter } from './incremental-highlighter.ts';
import { loadShiki } from './shiki-loader.ts';

const blocks = new Map<number, Promise<IncrementalHighlighter>>();

self.addEventListener('message', ({ data }: MessageEvent<HighlightRequest>) => void answer(data));

async function answer(request: HighlightRequest): Promise<void> {
  if (request.type === 'close') {
    blocks.delete(request.id);
    return;
  }
  const { id, language, text } = request;
  const block = blocks.get(id) ?? loadShiki(language).then((shiki) => new IncrementalHighlighter(shiki, language));
  blocks.set(id, block);
  const reply: HighlightReply = { id, ...(await block).append(text) };
  self.postMessage(reply);
}
