export type Style = (text: string) => string;

/** Ways to set off text in a terminal; without colour all of them leave the text as it is. */
export interface Styles {
  readonly isColour: boolean;
  readonly bold: Style;
  readonly dim: Style;
  readonly italic: Style;
  readonly underline: Style;
  readonly strike: Style;
  readonly code: Style;
  readonly heading: Style;
  readonly error: Style;
  readonly good: Style;
  readonly warning: Style;
}

const ansi =
  (on: string, off: string): Style =>
  (text) =>
    text === '' ? '' : `\u001b[${on}m${text}\u001b[${off}m`;
const asItIs: Style = (text) => text;

const coloured: Styles = {
  isColour: true,
  bold: ansi('1', '22'),
  dim: ansi('2', '22'),
  italic: ansi('3', '23'),
  underline: ansi('4', '24'),
  strike: ansi('9', '29'),
  code: ansi('36', '39'),
  heading: (text) => coloured.bold(coloured.underline(text)),
  error: ansi('31', '39'),
  good: ansi('32', '39'),
  warning: ansi('33', '39'),
};

const plain: Styles = {
  isColour: false,
  bold: asItIs,
  dim: asItIs,
  italic: asItIs,
  underline: asItIs,
  strike: asItIs,
  code: asItIs,
  heading: asItIs,
  error: asItIs,
  good: asItIs,
  warning: asItIs,
};

export function stylesFor(isColour: boolean): Styles {
  return isColour ? coloured : plain;
}

/** NO_COLOR and FORCE_COLOR as https://no-color.org and Node have them; `dumb` terminals show escapes as letters. */
export function wantsColour(env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR']) return env['FORCE_COLOR'] !== '0';
  return isTerminal && env['TERM'] !== 'dumb';
}
