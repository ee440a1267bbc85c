/** Nine kinds of blocks as models write them; the numbers in them make every one different. */
const parts: readonly ((at: number) => string)[] = [
  (at) => `## Раздел ${at}. Что изменилось\n\n`,
  (at) =>
    `Ответ начинается с **главного**: значение ${at} получено из \`config-${at}.json\`, а подробности — в [описании](https://example.com/${at}). Здесь же стоит обычный длинный абзац, каких в ответах больше всего: он переносится на несколько строк и ничего особенного не содержит.\n\n`,
  (at) =>
    `\`\`\`ts\nexport function step${at}(values: readonly number[]): number {\n  let sum = ${at};\n  for (const value of values) sum += value * ${at};\n  return sum; // итог\n}\n\`\`\`\n\n`,
  (at) => `- первый пункт ${at}\n- второй, с *курсивом* и \`кодом\`\n  - вложенный ${at}\n  - и ещё один\n- третий\n\n`,
  (at) =>
    `| модель | окно | цена |\n|---|---:|:---:|\n| lite-${at} | ${at * 1024} | ${at} ₽ |\n| pro-${at} | ${at * 2048} | ${at * 2} ₽ |\n| max-${at} | ${at * 4096} | ${at * 3} ₽ |\n\n`,
  (at) => `Формула $a_{${at}}^2 + b = c$ в строке.\n\n`,
  (at) => `1. шаг ${at}\n2. ещё шаг, подлиннее: проверить, что ответ **не пуст**\n3. готово\n\n`,
  (at) => `> Цитата ${at}: порядок важнее скорости.\n\n`,
  (at) => `Ещё один абзац под номером ${at}: без разметки, зато с кавычками «ёлочками», тире — и многоточием…\n\n`,
];

/** Markdown of exactly `length` characters, always the same. */
export function longAnswer(length: number): string {
  const pieces: string[] = [];
  let size = 0;
  for (let at = 0; size < length; at += 1) {
    const piece = parts[(at * 5 + Math.floor(at / parts.length)) % parts.length]?.(at + 1) ?? '';
    pieces.push(piece);
    size += piece.length;
  }
  return pieces.join('').slice(0, length);
}

const sizes = [6, 11, 8, 14, 9, 7, 12, 10];

/** Cut as a model sends it: 6 to 14 characters at a time, never inside of one. */
export function inChunks(text: string, factor = 1): readonly string[] {
  const chunks: string[] = [];
  for (let start = 0; start < text.length; ) {
    const end = start + (sizes[chunks.length % sizes.length] ?? 1) * factor;
    chunks.push(text.slice(start, end));
    start = end;
  }
  return chunks;
}
