import type { FilePart, ModelMessage } from '@multimodel/core';
import { filesOf, textOf } from '../shared/message-parts.ts';
import { type Language, phrases, type Topic, texts } from './texts.ts';

/** Read from the top: the first pattern that fits decides. `\b` knows no Cyrillic, so beginnings of words are spelled out. */
const topics: readonly (readonly [Topic, RegExp])[] = [
  ['shortcuts', /shortcut|keyboard|hotkey|клавиш|клавиатур|горяч/iu],
  ['showcase', /markdown|маркдаун|разметк|таблиц|формул|\btable\b|formula|покажи.{0,20}код|show.{0,20}code/iu],
  ['connect', /подключ|настро(?:ить|йк)|connect|set ?up|yandexgpt|яндекс/iu],
  ['keys', /ключ|api[ -]?key|\bkeys?\b|credential/iu],
  ['storage', /хран|сохран|где.{0,30}(?:данн|бесед|сообщен)|приватн|stored?|storage|privacy|where.{0,30}(?:data|chats?|messages?)/iu],
  ['cost', /сто(?:ит|имост)|цен[аыу]|рубл|бесплатн|деньг|cost|price|expensive|free\b|pay/iu],
  ['draw', /нарису|\bdraw\b/iu],
  ['story', /истори[юя]|сказк|рассказ|story|tale/iu],
  ['who', /кто ты|кто вы|что ты (?:такое|умеешь)|что вы умеете|что это|who are you|what are you|what can you do|what is this/iu],
  ['thanks', /спасибо|благодар|thank/iu],
];

const greeting = /^(?:привет|здравствуй|добр(?:ый|ое) (?:день|утро|вечер)|hello|hi\b|hey\b)/iu;
const nameTold = /(?:меня зовут|мо[её] имя|my name is|call me)\s+(\p{Lu}[\p{L}-]{0,30})/iu;
const nameAsked = /как меня зовут|мо[её] имя\s*\?|what(?:'s| is) my name/iu;
const historyAsked =
  /(?:что|о ч[её]м) (?:я|мы).{0,20}(?:писал|спрашивал|говорил)|сколько.{0,20}сообщен|what did (?:i|we)|my (?:last|previous) message|how many messages/iu;
const goOnAsked = /продолж|дальше|go on|continue/iu;
const quoteLength = 120;

interface Conversation {
  readonly language: Language;
  readonly text: string;
  /** Messages of the person before this one. */
  readonly before: readonly string[];
  readonly name: string | undefined;
  /** That came with it. */
  readonly files: readonly FilePart[];
}

/** An answer to the last message, by what it asks and by what was said before; asked to go on, the rest of the answer that was cut. */
export function composeAnswer(messages: readonly ModelMessage[]): string {
  return restOfCutAnswer(messages) ?? wholeAnswer(messages);
}

function restOfCutAnswer(messages: readonly ModelMessage[]): string | undefined {
  const [cut, request] = messages.slice(-2).map(({ role, parts }) => ({ role, text: textOf(parts) }));
  if (cut?.role !== 'assistant' || !request || !goOnAsked.test(request.text)) return undefined;
  const whole = wholeAnswer(messages.slice(0, -2));
  return whole.length > cut.text.length && whole.startsWith(cut.text) ? whole.slice(cut.text.length) : undefined;
}

function wholeAnswer(messages: readonly ModelMessage[]): string {
  const conversation = read(messages);
  const { language, text, before, name, files } = conversation;
  const say = phrases[language];
  if (nameAsked.test(text)) return say.yourName(name);
  if (historyAsked.test(text)) return say.history(before.length, lastQuote(before));
  const told = nameIn(text);
  const topic = topicOf(text);
  if (files.length > 0)
    return [say.received(files.map((file) => describe(file, language))), ...(topic === 'default' ? [] : [texts[language][topic]])].join(
      '\n\n',
    );
  const opening = told === undefined ? openingOf(conversation, topic) : [say.pleased(told)];
  return [...opening, texts[language][topic]].join('\n\n');
}

function read(messages: readonly ModelMessage[]): Conversation {
  const asked = messages.filter(({ role }) => role === 'user');
  const said = asked.map(({ parts }) => textOf(parts).replaceAll(ownFileNote, '').trim());
  const text = said.at(-1) ?? '';
  const language = said.findLast((each) => /\p{L}/u.test(each)) ?? '';
  return {
    text,
    language: /\p{Script=Cyrillic}/u.test(language) ? 'ru' : 'en',
    before: said.slice(0, -1),
    name: said.map(nameIn).findLast((each) => each !== undefined),
    files: sentWith(asked.at(-1)),
  };
}

/** How a conversation tells a model of what it made itself. */
const ownFileNote = /^\[attached file "(.*)": from your answer above\]\n*/gmu;

function sentWith(question: ModelMessage | undefined): readonly FilePart[] {
  const parts = question?.parts ?? [];
  const own = new Set(Array.from(textOf(parts).matchAll(ownFileNote), ([, name]) => name));
  return filesOf(parts).filter(({ name }) => !own.has(name));
}

function describe({ name = '…', mediaType, data }: FilePart, language: Language): string {
  const units = { ru: ['байт', 'КБ', 'МБ'], en: ['bytes', 'KB', 'MB'] }[language];
  const power = data.length < 1024 ? 0 : data.length < 1024 * 1024 ? 1 : 2;
  const size = new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(data.length / 1024 ** power);
  return `**${name.replaceAll(/[*_`[\]\\]/g, '\\$&')}** — ${size} ${units[power] ?? ''}, ${mediaType}`;
}

/** Asked for a picture. */
export function wantsPicture(messages: readonly ModelMessage[]): boolean {
  return topicOf(read(messages).text) === 'draw';
}

/** Capital letters only: «меня зовут не так» names nobody. */
function nameIn(text: string): string | undefined {
  const name = nameTold.exec(text)?.[1];
  return name !== undefined && /^\p{Lu}/u.test(name) ? name : undefined;
}

function topicOf(text: string): Topic {
  return topics.find(([, pattern]) => pattern.test(text))?.[0] ?? 'default';
}

function openingOf({ language, text, before, name }: Conversation, topic: Topic): readonly string[] {
  const say = phrases[language];
  if (greeting.test(text)) return [say.hello(name)];
  const isRepeated = topic !== 'default' && topic !== 'thanks' && before.some((each) => topicOf(each) === topic);
  if (isRepeated) return [say.again()];
  return topic === 'default' && before.length > 0 ? [say.history(before.length, lastQuote(before))] : [];
}

function lastQuote(before: readonly string[]): string | undefined {
  const last = before.at(-1)?.replaceAll(/\s+/gu, ' ');
  return last !== undefined && last.length > quoteLength ? `${last.slice(0, quoteLength).toWellFormed()}…` : last;
}
