const parts = [
  '# Отчёт о выборе базы\n\nКоротко: **SQLite** подходит, если *пользователей* мало; иначе берите `PostgreSQL` — он ~~дороже~~ сложнее, см. [сравнение](https://example.com/db?a=1).\n\n',
  '1. Первый шаг:\n   - вложенный пункт с `кодом`,\n   - ещё один.\n2. Второй шаг\n\n   с абзацем внутри.\n\n3. Третий.\n\n',
  '```ts\nexport function sum(a: number, b: number): number {\n  return a + b; // сумма\n}\n\nconst s = `$${sum(1, 2)}`;\n```\n\n',
  '| модель | окно | цена |\n|---|---:|:---:|\n| Lite | 32 768 | 5 $ |\n| Pro \\| Max | 262 144 | `x` |\n\nИтого от 5 $ до 10 $.\n\n',
  'Формула $a^2 + b_1 = c$ в строке и отдельно:\n\n$$\n\\int_0^1 \\left[ x \\right] dx\n$$\n\n',
  '> Цитата **важная**:\n> вторая строка\n>\n> - пункт\n\n---\n\n',
  '- [x] сделано\n- [ ] нет 👩‍👩‍👧‍👦\n\n## Ещё раздел\n\nТекст со ссылкой https://ya.ru/x и почтой a@b.ru.  \nНовая строка\nи ещё.\n\n',
  '<b>не html</b> и <script>alert(1)</script>\n\n~~~\nплоский код\n~~~\n\nПоследний абзац.\n\n',
];

/** A realistic answer of about `length` characters. */
export function sampleAnswer(length: number): string {
  let text = '';
  for (let at = 0; text.length < length; at += 1) text += parts[(at * 5 + Math.floor(at / parts.length)) % parts.length];
  return text;
}

export const sampleParts: readonly string[] = parts;
