/** `undefined` stands for "not JSON": no JSON text has that value. The parser's own message is not kept, it quotes the text. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
