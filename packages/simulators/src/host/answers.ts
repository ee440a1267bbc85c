import { lastUserText, type Question, type Turn } from './question.ts';

/** Cut where models cut: about a word at a time, the space in front. */
export function splitPieces(text: string): readonly string[] {
  return text.match(/\s*\S{1,12}/gu) ?? [];
}

const quote = (text: string, length = 80): string => (text.length > length ? `${text.slice(0, length)}…` : text).replaceAll(/\s+/g, ' ');

/** What is said when nobody asked for anything special: Markdown that shows that the conversation is known. */
export function defaultAnswer(question: Question): readonly string[] {
  const results = question.turns.at(-1)?.toolResults ?? [];
  const text = lastUserText(question);
  const isRussian = /\p{Script=Cyrillic}/u.test(text);
  if (results.length > 0) return splitPieces(answerFromResults(results, isRussian));
  const users = question.turns.filter((turn) => turn.role === 'user' && turn.text !== '');
  const system = question.turns.find((turn) => turn.role === 'system')?.text;
  return splitPieces(isRussian ? russianAnswer(text, users, system) : englishAnswer(text, users, system));
}

function answerFromResults(results: Turn['toolResults'], isRussian: boolean): string {
  const list = results.map(({ name, content }) => `- \`${name}\`: ${content}`).join('\n');
  return `${isRussian ? 'Инструменты ответили' : 'The tools answered'}:\n\n${list}`;
}

function russianAnswer(text: string, users: readonly Turn[], system: string | undefined): string {
  const previous = users.at(-2)?.text;
  return [
    `Вы написали: «${quote(text)}».`,
    previous === undefined ? 'Это начало нашей беседы.' : `В прошлом сообщении вы писали: «${quote(previous)}».`,
    `Вот что я знаю о беседе:\n\n- **ваших сообщений:** ${String(users.length)}\n- **указание:** ${system === undefined ? 'нет' : `«${quote(system)}»`}`,
    'Я имитатор, а не модель, поэтому отвечаю всегда *одинаково*.',
  ].join('\n\n');
}

function englishAnswer(text: string, users: readonly Turn[], system: string | undefined): string {
  const previous = users.at(-2)?.text;
  return [
    `You wrote: “${quote(text)}”.`,
    previous === undefined ? 'This is the beginning of our conversation.' : `In your last message you wrote: “${quote(previous)}”.`,
    `What I know of it:\n\n- **your messages:** ${String(users.length)}\n- **instruction:** ${system === undefined ? 'none' : `“${quote(system)}”`}`,
    'I am a simulator, not a model, so I always answer *the same*.',
  ].join('\n\n');
}

export const markdownShowcase = `# Заголовок

Абзац с **жирным**, *курсивом*, \`кодом\` и [ссылкой](https://example.com).

\`\`\`ts
export const answer: number = 42;
\`\`\`

| модель | окно |
|---|---|
| yandexgpt-5-lite | 32 768 |

1. первое
2. второе

> цитата

$$e^{i\\pi} + 1 = 0$$
`;

/** Two emoji cut between their halves, as vendors cut between bytes. */
export const splitEmojiPieces: readonly string[] = ['Люблю медведей \ud83d', '\udc3b и \ud83c', '\udf6f мёд'];
