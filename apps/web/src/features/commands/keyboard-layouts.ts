/** The same keys, left to right and top to bottom, on both layouts. */
const latin = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.";
const cyrillic =
  '\u0451\u0439\u0446\u0443\u043a\u0435\u043d\u0433\u0448\u0449\u0437\u0445\u044a\u0444\u044b\u0432\u0430\u043f\u0440\u043e\u043b\u0434\u0436\u044d\u044f\u0447\u0441\u043c\u0438\u0442\u044c\u0431\u044e';

/** What the same keys write on the other layout; nothing where the text has none of them. */
export function inOtherLayout(text: string): readonly string[] {
  return [translate(text, latin, cyrillic), translate(text, cyrillic, latin)].filter((other) => other !== text.toLowerCase());
}

function translate(text: string, from: string, to: string): string {
  return text.toLowerCase().replace(/./gsu, (letter) => to[from.indexOf(letter)] ?? letter);
}
