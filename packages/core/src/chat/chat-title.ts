const titleCharacters = 80;

/** The beginning of the first question in one line, cut between words where it can be, never inside of a character. */
export function titleFrom(text: string): string {
  const line = text.trim().replaceAll(/\s+/g, ' ');
  if (line.length <= titleCharacters) return line;
  const cut = wholeCharacters(line);
  const lastSpace = cut.lastIndexOf(' ');
  return `${lastSpace > titleCharacters / 2 ? cut.slice(0, lastSpace) : cut}…`;
}

/** What a reader takes for one character may be many code units: a family emoji is eleven. */
function wholeCharacters(line: string): string {
  let end = 0;
  for (const { segment, index } of new Intl.Segmenter().segment(line.slice(0, 2 * titleCharacters))) {
    if (index + segment.length > titleCharacters) break;
    end = index + segment.length;
  }
  // A single one that is longer than the whole title is cut all the same.
  return end > titleCharacters / 2 ? line.slice(0, end) : line.slice(0, titleCharacters).replace(/[\uD800-\uDBFF]$/, '');
}
