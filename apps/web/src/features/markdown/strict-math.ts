import { math } from 'micromark-extension-math';

type Extension = ReturnType<typeof math>;
type Construct = Exclude<NonNullable<NonNullable<Extension['text']>[string]>, readonly unknown[]>;
type Tokenize = Construct['tokenize'];
type State = ReturnType<Tokenize>;
type Code = Parameters<State>[0];

const dollar = 36;
const isSpace = (code: Code): boolean => code === null || code < 0 || code === 32;
const isDigit = (code: Code): boolean => code !== null && code >= 48 && code <= 57;

/** Looks ahead from a `$`: is there a formula, or is it money? As in Pandoc: no space inside the dollars, no digit after them. */
const formulaAhead: Construct = {
  partial: true,
  tokenize(effects, ok, nok) {
    let before: Code = null;
    const open: State = (code) => {
      effects.enter('mathTextSequence');
      effects.consume(code);
      return first;
    };
    const first: State = (code) => {
      if (code === dollar) return done(ok)(code);
      return isSpace(code) ? done(nok)(code) : inside(code);
    };
    const inside: State = (code) => {
      if (code === null) return done(nok)(code);
      const isEnd = code === dollar;
      const isAfterSpace = isSpace(before);
      effects.consume(code);
      before = code;
      if (!isEnd) return inside;
      return isAfterSpace ? done(nok) : afterEnd;
    };
    const afterEnd: State = (code) => (isDigit(code) ? done(nok)(code) : done(ok)(code));
    const done = (next: State): State => {
      return (code) => {
        effects.exit('mathTextSequence');
        return next(code);
      };
    };
    return open;
  },
};

/** The maths extension, with `5 $ or 10 $` left alone. */
export function strictMath(): Extension {
  const extension = math();
  const text = extension.text?.[dollar];
  if (!text || Array.isArray(text)) throw new Error('The maths extension has another shape');
  const strict: Construct = {
    ...text,
    previous(code) {
      return !isDigit(code) && (text.previous?.call(this, code) ?? true);
    },
    tokenize(effects, ok, nok) {
      return effects.check(formulaAhead, text.tokenize.call(this, effects, ok, nok), nok);
    },
  };
  return { ...extension, text: { ...extension.text, [dollar]: strict } };
}
