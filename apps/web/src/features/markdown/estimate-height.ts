const line = 26;
const gap = 15;
const codeLine = 21;
const codeFrame = 78;
const tableRow = 40;
const formula = 64;
const letter = 8.1;
const columnPx = 712;
const marginsPx = 32;

/** About how many letters fit into a line of the page as it is now. */
export function lettersPerLine(): number {
  const width = typeof window === 'undefined' ? columnPx : Math.min(columnPx, window.innerWidth - marginsPx);
  return Math.max(20, width / letter);
}

/** About how tall a Markdown text will be, in pixels, without parsing it: for what nobody has looked at yet. */
export function estimateHeight(text: string, perLine = lettersPerLine()): number {
  if (text === '') return 0;
  let height = 0;
  let fence: string | undefined;
  for (const whole of text.split('\n')) {
    const begin = whole.slice(0, 40).trimStart();
    const mark = /^(?:`{3}|~{3}|\$\$)/.exec(begin)?.[0];
    if (fence !== undefined) {
      height += within(fence, mark);
      if (mark === fence) fence = undefined;
    } else {
      height += mark === undefined ? lineHeight(begin, whole.length, perLine) : frameOf(mark);
      fence = mark;
    }
  }
  return Math.round(height);
}

const frameOf = (mark: string): number => (mark === '$$' ? formula : codeFrame);
const within = (fence: string, mark: string | undefined): number => (mark === fence || fence === '$$' ? 0 : codeLine);

function lineHeight(begin: string, length: number, perLine: number): number {
  if (begin === '') return gap;
  if (begin.startsWith('|')) return tableRow;
  if (begin.startsWith('#')) return line * 1.6;
  return Math.ceil(length / perLine) * line;
}
