/** A character cut between two deltas comes whole in the second: deltas cannot be mended later. */
export function wholeCharacters(): (piece: string) => string {
  let held = '';
  return (piece) => {
    const text = held + piece;
    held = /[\ud800-\udbff]$/u.test(text) ? text.slice(-1) : '';
    return held === '' ? text : text.slice(0, -1);
  };
}
