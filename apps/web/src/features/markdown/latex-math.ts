import type { math } from 'micromark-extension-math';

type Extension = ReturnType<typeof math>;
type Construct = Exclude<NonNullable<NonNullable<Extension['text']>[string]>, readonly unknown[]>;
type State = ReturnType<Construct['tokenize']>;
type Effects = Parameters<Construct['tokenize']>[0];
type Code = Parameters<State>[0];

const backslash = 92;
const parentheses = { open: 40, close: 41 };
const brackets = { open: 91, close: 93 };
const punctuation: readonly Code[] = [44, 46, 58, 59];
const isLineEnd = (code: Code): boolean => code !== null && code < -2;
const isSpace = (code: Code): boolean => code === -2 || code === -1 || code === 32;

/** `\)` or `\]`, whichever the formula began with. */
function closing(sequence: 'mathTextSequence' | 'mathFlowFenceSequence', close: number): Construct {
  return {
    partial: true,
    tokenize(effects, ok, nok) {
      const slash: State = (code) => {
        effects.enter(sequence);
        effects.consume(code);
        return bracket;
      };
      const bracket: State = (code) => {
        if (code !== close) return nok(code);
        effects.consume(code);
        effects.exit(sequence);
        return ok;
      };
      return slash;
    },
  };
}

/** `\(…\)` within a line of text, and `\[…\]` where it does not stand alone. Without its end it is an escaped bracket. */
const latexText: Construct = {
  name: 'latexText',
  tokenize(effects, ok, nok) {
    let close = parentheses.close;
    const start: State = (code) => {
      effects.enter('mathText');
      effects.enter('mathTextSequence');
      effects.consume(code);
      return open;
    };
    const open: State = (code) => {
      if (code !== parentheses.open && code !== brackets.open) return nok(code);
      close = code === brackets.open ? brackets.close : parentheses.close;
      effects.consume(code);
      effects.exit('mathTextSequence');
      return between;
    };
    const between: State = (code) => {
      if (code === null) return nok(code);
      if (code === backslash) return effects.attempt(closing('mathTextSequence', close), end, command)(code);
      if (isLineEnd(code)) {
        effects.enter('lineEnding');
        effects.consume(code);
        effects.exit('lineEnding');
        return between;
      }
      effects.enter('mathTextData');
      return data(code);
    };
    const data: State = (code) => {
      if (code === null || code === backslash || isLineEnd(code)) {
        effects.exit('mathTextData');
        return between(code);
      }
      effects.consume(code);
      return data;
    };
    /** The letter after a backslash belongs to it: `\\)` is a new line and a bracket. */
    const command: State = (code) => {
      effects.enter('mathTextData');
      effects.consume(code);
      return letter;
    };
    const letter: State = (code) => {
      if (code === null || isLineEnd(code)) return data(code);
      effects.consume(code);
      return data;
    };
    const end: State = (code) => {
      effects.exit('mathText');
      return ok(code);
    };
    return start;
  },
};

/** The next line, if it belongs to the same quote or list item. */
const nextLine: Construct = {
  partial: true,
  tokenize(effects, ok, nok) {
    const lineEnd: State = (code) => {
      effects.enter('lineEnding');
      effects.consume(code);
      effects.exit('lineEnding');
      return lineStart;
    };
    const lineStart: State = (code) => (this.parser.lazy[this.now().line] ? nok(code) : ok(code));
    return lineEnd;
  },
};

function afterSpaces(effects: Effects, next: State): State {
  const inside: State = (code) => {
    if (isSpace(code)) {
      effects.consume(code);
      return inside;
    }
    effects.exit('whitespace');
    return next(code);
  };
  return (code) => {
    if (!isSpace(code)) return next(code);
    effects.enter('whitespace');
    return inside(code);
  };
}

/** `\[…\]` from the start of a line to the end of one, without a blank line inside. Without its end it is a paragraph. */
const latexFlow: Construct = {
  name: 'latexFlow',
  concrete: true,
  tokenize(effects, ok, nok) {
    const { interrupt } = this;
    let isFirstLine = true;
    let hasValue = false;
    const start: State = (code) => {
      effects.enter('mathFlow');
      effects.enter('mathFlowFence');
      effects.enter('mathFlowFenceSequence');
      effects.consume(code);
      return open;
    };
    const open: State = (code) => {
      if (code !== brackets.open) return nok(code);
      effects.consume(code);
      effects.exit('mathFlowFenceSequence');
      effects.exit('mathFlowFence');
      return spaces(inLine);
    };
    const inLine: State = (code) => {
      if (code === null || isLineEnd(code)) return lineEnd(code);
      if (code === backslash) return effects.attempt(closing('mathFlowFenceSequence', brackets.close), afterClose, command)(code);
      effects.enter('mathFlowValue');
      return value(code);
    };
    const value: State = (code) => {
      hasValue = true;
      if (code === null || code === backslash || isLineEnd(code)) {
        effects.exit('mathFlowValue');
        return inLine(code);
      }
      effects.consume(code);
      return value;
    };
    const command: State = (code) => {
      effects.enter('mathFlowValue');
      effects.consume(code);
      return letter;
    };
    const letter: State = (code) => {
      if (code === null || isLineEnd(code)) return value(code);
      effects.consume(code);
      return value;
    };
    /** A paragraph is interrupted by `\[` alone on its line; the rest is looked at afterwards. */
    const lineEnd: State = (code) => {
      if (interrupt && isFirstLine) return hasValue || code === null ? nok(code) : ok(code);
      if (code === null) return nok(code);
      isFirstLine = false;
      return effects.attempt(nextLine, spaces(lineStart), nok)(code);
    };
    const lineStart: State = (code) => (code === null || isLineEnd(code) ? nok(code) : inLine(code));
    const afterClose: State = (code) => {
      if (!punctuation.includes(code)) return spaces(end)(code);
      effects.enter('mathFlowValue');
      effects.consume(code);
      effects.exit('mathFlowValue');
      return spaces(end);
    };
    const end: State = (code) => {
      if (code !== null && !isLineEnd(code)) return nok(code);
      effects.exit('mathFlow');
      return ok(code);
    };
    const spaces = (next: State): State => afterSpaces(effects, next);
    return start;
  },
};

/** Formulas as LaTeX itself writes them, and many models too. */
export function latexMath(): Extension {
  return { text: { [backslash]: latexText }, flow: { [backslash]: latexFlow } };
}
