import type { Code } from 'mdast';
import type { Extension } from 'mdast-util-from-markdown';

declare module 'mdast' {
  interface CodeData {
    /** Its closing fence is there: nothing will be added. */
    isClosed?: boolean;
  }
}

/** Notes on fenced code whether its end has come. */
export function closedCode(): Extension {
  return {
    enter: {
      codeFencedFence() {
        // Below the buffer that collects its text. The opening fence comes before there is one.
        const node = this.data.flowCodeInside ? this.stack.at(-2) : undefined;
        if (node?.type === 'code') node.data = { isClosed: true };
      },
    },
  };
}

/** A diagram that can be drawn; without its end it is code. */
export const isFinishedDiagram = ({ lang, data, value }: Code): boolean =>
  lang?.toLowerCase() === 'mermaid' && data?.isClosed === true && value.trim() !== '';
