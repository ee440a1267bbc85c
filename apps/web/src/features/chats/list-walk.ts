export interface WalkState {
  /** Letters typed one soon after another. */
  readonly typed: string;
  readonly at: number;
}

export const noWalk: WalkState = { typed: '', at: 0 };

/** How long a person may think between two letters of one name. */
const pauseMs = 800;

/** Where an arrow, Home or End leads from here; undefined = not for the list. */
export function stepTo(key: string, index: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return Math.min(count - 1, index + 1);
    case 'ArrowUp':
      return Math.max(0, index - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

/** Letters lead to the next title that begins with them; one letter again and again goes through all of its titles. */
export function typeAhead(
  { typed, at }: WalkState,
  press: { readonly letter: string; readonly at: number },
  { titles, index }: { readonly titles: readonly string[]; readonly index: number },
): { readonly state: WalkState; readonly index: number | undefined } {
  const letters = (press.at - at < pauseMs ? typed : '') + press.letter.toLowerCase();
  const isRepeated = letters === letters.charAt(0).repeat(letters.length);
  const wanted = isRepeated ? letters.charAt(0) : letters;
  // While a name is being typed the place that already answers to it stays.
  const first = isRepeated ? index + 1 : index;
  const order = titles.map((_, step) => (first + step) % titles.length);
  const found = order.find((place) => titles[place]?.toLowerCase().startsWith(wanted));
  return { state: { typed: letters, at: press.at }, index: found };
}
