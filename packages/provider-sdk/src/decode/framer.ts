import { assertLength, type FrameLimits } from './line-splitter.ts';
import { NdjsonParser } from './ndjson-parser.ts';
import { SseParser } from './sse-parser.ts';
import { Utf8Stream } from './utf8-stream.ts';

/** How the chunks lie in the body: server-sent events, lines, or one JSON document. */
export type Framing = 'sse' | 'ndjson' | 'json';

/** Frames (texts of JSON, or a marker) out of bytes. */
export interface Framer {
  push(bytes: Uint8Array): readonly string[];
  /** `tail`: what stood after the last frame; whole or cut, nobody can tell but by reading it. */
  end(): { readonly frames: readonly string[]; readonly tail?: string | undefined };
}

export function createFramer(framing: Framing, limits: FrameLimits): Framer {
  switch (framing) {
    case 'sse':
      return sseFramer(limits);
    case 'ndjson':
      return ndjsonFramer(limits);
    case 'json':
      return jsonFramer(limits);
    default:
      return framing satisfies never;
  }
}

function sseFramer(limits: FrameLimits): Framer {
  const parser = new SseParser(limits);
  return {
    push: (bytes) => parser.push(bytes).map(({ data }) => data),
    end() {
      const { events, unterminated } = parser.end();
      return { frames: events.map(({ data }) => data), tail: unterminated?.data };
    },
  };
}

function ndjsonFramer(limits: FrameLimits): Framer {
  const parser = new NdjsonParser(limits);
  return { push: (bytes) => parser.push(bytes), end: () => ({ frames: [], tail: parser.end().join('\n') || undefined }) };
}

function jsonFramer(limits: FrameLimits): Framer {
  const decoder = new Utf8Stream();
  let text = '';
  return {
    push(bytes) {
      text += decoder.push(bytes);
      assertLength(text.length, limits);
      return [];
    },
    end: () => ({ frames: [], tail: text + decoder.end() || undefined }),
  };
}
