import type { ChatRequest, ModelMessage, StreamEvent } from '@multimodel/core';
import { collectAnswer } from '@multimodel/provider-sdk';
import { createFakeClock, createMemoryLogger } from '@multimodel/provider-sdk/testing';
import { expect, test } from 'vitest';
import { demo } from './demo.ts';

function open(settings: Readonly<Record<string, unknown>> = { pace: 'instant' }) {
  const clock = createFakeClock();
  const provider = demo.create(demo.settings.parse(settings), { slug: 'demo', clock, logger: createMemoryLogger() });
  return { clock, provider, model: provider.chatModel('guide') };
}

const says = (role: 'user' | 'assistant', text: string): ModelMessage => ({ role, parts: [{ type: 'text', text }] });
const signal = new AbortController().signal;

function ask(messages: readonly (string | ModelMessage)[], more: Partial<ChatRequest> = {}) {
  const request = { messages: messages.map((each) => (typeof each === 'string' ? says('user', each) : each)), ...more };
  return collectAnswer(open().model.stream(request, { signal }));
}

test('a model that it does not have is refused before a word', async () => {
  const answer = open()
    .provider.chatModel('gpt')
    .stream({ messages: [says('user', 'hi')] }, { signal });
  await expect(collectAnswer(answer)).rejects.toMatchObject({ code: 'model_not_found', message: 'The demo has no model "gpt"' });
});

test.each([
  ['Как подключить YandexGPT?', /YC_API_KEY=AQVN/u],
  ['How do I connect YandexGPT?', /YC_API_KEY=AQVN/u],
  ['Где взять ключ?', /API-ключ/u],
  ['Is my API key safe?', /encrypted/u],
  ['Какие есть горячие клавиши?', /остановить ответ/u],
  ['Which keyboard shortcuts are there?', /stop the answer/u],
  ['Где хранятся мои беседы?', /в папке `data`/u],
  ['Where is my data?', /folder `data`/u],
  ['Сколько это стоит?', /токены/u],
  ['What does it cost?', /tokens/u],
  ['Покажи код, таблицу и формулу', /```ts[\s\S]*\|---[\s\S]*\$\$/u],
  ['Show me code, a table and a formula', /```ts[\s\S]*\|---[\s\S]*\$\$/u],
  ['Кто ты?', /демо-проводник/u],
  ['Who are you?', /demo guide/u],
  ['Нарисуй что-нибудь', /утро в холмах/u],
  ['Draw me something', /morning in the hills/u],
  ['Расскажи историю', /голубь/u],
  ['Tell me a story', /pigeon/u],
  ['Спасибо!', /^Пожалуйста/u],
  ['Почему небо голубое?', /Спросите меня, например/u],
  ['Why is the sky blue?', /Ask me, for example/u],
  ['Привет!', /^Здравствуйте!/u],
])('%s', async (question, answer) => {
  expect((await ask([question])).text).toMatch(answer);
});

test('it remembers the name and the conversation', async () => {
  const named = ['Меня зовут Анна', says('assistant', 'Очень приятно'), 'Кто ты?', says('assistant', 'Я…')];
  expect((await ask(['Меня зовут Анна'])).text).toMatch(/^Очень приятно, Анна!/u);
  expect((await ask([...named, 'Как меня зовут?'])).text).toBe('Вас зовут Анна: вы сами сказали.');
  expect((await ask([...named, 'Привет'])).text).toMatch(/^Здравствуйте, Анна!/u);
  expect((await ask(['Как меня зовут?'])).text).toMatch(/ещё не назвали/u);
  expect((await ask([...named, 'Что я писал раньше?'])).text).toBe(
    'До этого вы написали мне 2 сообщения. В прошлом сообщении было: «Кто ты?».',
  );
  expect((await ask(['Кто ты?', says('assistant', 'Я…'), 'Так кто ты?'])).text).toMatch(/^Об этом мы уже говорили/u);
  expect((await ask(['My name is Bob', says('assistant', '…'), "What's my name?"])).text).toBe('Your name is Bob: you told me yourself.');
  expect((await ask(['Hello', says('assistant', '…'), 'What did I write?'])).text).toBe(
    'Before this you wrote 1 message. The last one was: “Hello”.',
  );
});

test('a message without letters is answered in the language of the conversation', async () => {
  expect((await ask(['Привет', says('assistant', '…'), '???'])).text).toMatch(/Спросите меня/u);
});

test('the usage is an estimate, the limit of tokens ends with length, and there is no price', async () => {
  const whole = await ask(['Кто ты?']);
  expect(whole).toMatchObject({ reason: 'stop', usage: { isEstimated: true } });
  const cut = await ask(['Кто ты?'], { maxOutputTokens: 5 });
  expect(cut).toMatchObject({ reason: 'length', usage: { outputTokens: 5, isEstimated: true } });
  expect(whole.text.startsWith(cut.text)).toBe(true);
  const [guide, ...others] = await open().provider.listModels({ signal });
  expect([guide?.id, guide?.name, guide?.price, others]).toEqual(['guide', 'Guide', undefined, []]);
  expect((await ask(['?'], { temperature: 1 })).warnings).toMatchObject([{ code: 'parameter_dropped', parameter: 'temperature' }]);
});

test('natural pace: a piece per beat of the clock, three to eight characters long', async () => {
  const { clock, model } = open({});
  const stream = model.stream({ messages: [says('user', 'Кто ты?')] }, { signal })[Symbol.asyncIterator]();
  const pieces: StreamEvent[] = [];
  for (let count = 0; count < 3; count += 1) {
    const next = stream.next();
    expect(clock.pendingTimers).toBe(1);
    clock.advance(25);
    const { value, done } = await next;
    if (!done) pieces.push(value);
  }
  expect(pieces.map((event) => ('text' in event ? event.text.length : 0))).toEqual([4, 7, 3]);
  await stream.return?.();
});

test('an abort ends it at once and leaves no timer', async () => {
  const { clock, model } = open({});
  const controller = new AbortController();
  const pending = model
    .stream({ messages: [says('user', 'Кто ты?')] }, { signal: controller.signal })
    [Symbol.asyncIterator]()
    .next();
  expect(clock.pendingTimers).toBe(1);
  controller.abort();
  await expect(pending).rejects.toMatchObject({ code: 'cancelled', providerId: 'demo' });
  expect(clock.pendingTimers).toBe(0);
});

test('asked to go on, it gives the rest of the answer that was cut', async () => {
  const whole = (await ask(['Кто ты?'])).text;
  const cut = whole.slice(0, 40);
  const rest = await ask(['Кто ты?', says('assistant', cut), 'Твой ответ оборвался. Продолжи его ровно с того места']);
  expect(cut + rest.text).toBe(whole);
  const finished = await ask(['Кто ты?', says('assistant', whole), 'Продолжи']);
  expect(finished.text).not.toBe('');
});

const sends = (text: string, ...names: readonly string[]): ModelMessage => ({
  role: 'user',
  parts: [
    ...names.map((name) => ({ type: 'file' as const, mediaType: 'image/png', name, data: new Uint8Array(1536) })),
    { type: 'text', text },
  ],
});

test('it tells of the files that came along, in the language of the question, and answers what it is asked beside', async () => {
  expect((await ask([sends('Что на фото?', 'кот_1.png')])).text).toMatch(
    /^Получил ваш файл:\n\n- \*\*кот\\_1\.png\*\* — 1,5 КБ, image\/png\n/u,
  );
  expect((await ask([sends('What is this?', 'a.png', 'b.png')])).text).toMatch(
    /^I have your 2 files:\n\n- \*\*a\.png\*\* — 1\.5 KB, image\/png\n- /u,
  );
  expect((await ask([sends('Кто ты?', 'a.png')])).text).toMatch(/демо-проводник/u);
  expect((await ask([sends('См.', 'a.png'), says('assistant', '…'), 'Спасибо'])).text).toMatch(/^Пожалуйста/u);
});

test('asked to draw, it makes a small PNG, and knows it for its own afterwards', async () => {
  const { text, files } = await ask(['Нарисуй картинку']);
  expect(files).toMatchObject([{ mediaType: 'image/png', name: 'morning.png' }]);
  const [file] = files;
  const data = Buffer.from(file?.data ?? []);
  expect([data.length < 10_000, data.readUInt32BE(16), data.readUInt32BE(20)]).toEqual([true, 240, 160]);
  expect((await ask(['Кто ты?'])).files).toEqual([]);
  const next = sends('[attached file "morning.png": from your answer above]\n\nСпасибо', 'morning.png');
  expect((await ask(['Нарисуй картинку', says('assistant', text), next])).text).toMatch(/^Пожалуйста/u);
});
