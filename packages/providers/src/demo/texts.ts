export type Language = 'ru' | 'en';

/** What the guide can talk about. */
export type Topic = 'who' | 'connect' | 'keys' | 'shortcuts' | 'storage' | 'cost' | 'showcase' | 'draw' | 'story' | 'thanks' | 'default';

type Texts = Readonly<Record<Topic, string>>;

const ru: Texts = {
  who: `Я — **демо-проводник** Multimodel Chat. За мной нет нейросети: я отвечаю заранее написанными текстами, работаю без интернета и без ключа. Зато на мне видно, как здесь всё устроено: ответ появляется по частям, его можно остановить, а если перезагрузить страницу — он никуда не денется.

Чтобы поговорить с настоящей моделью, спросите: «Как подключить YandexGPT?»`,

  connect: `## Как подключить YandexGPT

1. Откройте [консоль Yandex Cloud](https://console.yandex.cloud) и создайте **сервисный аккаунт** с ролью \`ai.languageModels.user\`.
2. Создайте для него **API-ключ** с областью действия \`yc.ai.languageModels.execute\`. Секрет показывают один раз, он начинается с \`AQVN\`.
3. Остановите чат и запустите его с ключом:

\`\`\`sh
YC_API_KEY=AQVN... npm start
\`\`\`

Каталог указывать не нужно: чат узнает его по ключу. Если хотите задать его сами, добавьте \`YC_FOLDER_ID=b1g...\`.

После этого выберите модель YandexGPT вверху страницы. Если что-то не заладилось, чат скажет словами, что именно не понравилось Яндексу и что поправить.`,

  keys: `## Ключи

- API-ключ YandexGPT создают в [консоли Yandex Cloud](https://console.yandex.cloud) для сервисного аккаунта с ролью \`ai.languageModels.user\`.
- Ключ можно передать переменной \`YC_API_KEY\` или записать в \`mmc.config.json\`.
- Сохранённые ключи **зашифрованы** (AES-256-GCM), не попадают в журнал и никогда не уходят в браузер.

Пошагово расскажу, если спросите: «Как подключить YandexGPT?»`,

  shortcuts: `## Клавиши

| клавиши | что делают |
|---|---|
| \`Enter\` | отправить |
| \`Shift\` + \`Enter\` | новая строка |
| \`Esc\` | остановить ответ |
| \`Ctrl\` + \`Shift\` + \`O\` | новая беседа (на Mac — \`⌘\` + \`Shift\` + \`O\`) |

Попробуйте: попросите у меня историю и нажмите \`Esc\` на полуслове. Написанное останется.`,

  storage: `## Что где хранится

- **Беседы и настройки** — в базе данных на вашем компьютере, в папке \`data\` рядом с программой. Компании вместо неё подключают PostgreSQL.
- **Ключи провайдеров** — там же, но зашифрованными.
- **Ваши сообщения** уходят только той модели, которую вы выбрали. YandexGPT мы по умолчанию просим не сохранять запросы.
- **Мне** отправлять нечего: я отвечаю прямо на этом компьютере.

Каждый кусочек ответа сначала записывается, а потом показывается. Поэтому всё, что вы уже увидели, не пропадёт.`,

  cost: `## Сколько это стоит

Сам чат бесплатный, и я тоже. Платите вы провайдеру модели — за **токены**, то есть за кусочки текста: и за вопрос, и за ответ.

Под каждым ответом видно, сколько ушло токенов и сколько это в рублях. Цены берутся из прейскуранта с датой, поэтому сумма — оценка; точный счёт есть только у провайдера.

Чтобы тратить меньше: начинайте новую беседу для новой темы (вся история отправляется заново с каждым вопросом) и берите модель полегче, например YandexGPT Lite.`,

  showcase: `# Что умеет разметка

Можно писать **жирно**, *курсивом*, \`кодом\` и ~~зачёркивать~~.

\`\`\`ts
function greet(name: string): string {
  return \`Здравствуйте, \${name}!\`;
}
\`\`\`

| модель | окно, токенов | картинки |
|---|---:|:---:|
| YandexGPT 5 Lite | 32 768 | нет |
| Qwen3.6 35B | 262 144 | да |

Формула в строке — $a^2 + b^2 = c^2$ — и отдельно:

$$
\\int_{-\\infty}^{\\infty} e^{-x^2}\\,dx = \\sqrt{\\pi}
$$

1. Списки бывают с номерами,
   - и бывают вложенные,
2. и снова с номерами.

> Цитата: сначала записать, потом показать.`,

  draw: `Вот утро в холмах. Рисую я всегда одно и то же: картинка собрана прямо здесь, без интернета. Зато на ней видно, как показывается и хранится то, что прислала модель.`,

  story: `## Голубь и телеграф

В небольшом приморском городе жил почтовый голубь по имени Евгений. Письма он носил без опозданий, но однажды в городе провели телеграф, и про голубя забыли.

Евгений не обиделся. Каждое утро он садился на провод и слушал, как под лапами бегут чужие слова: поздравления, цены на рыбу, «приезжай скорее». Он ничего не понимал, но чувствовал: слова торопятся.

Как-то ночью шторм порвал провода. На станции остался один телеграфист и одно недописанное сообщение: «Врач нужен сегодня, маяк…» Дальше лента обрывалась.

Телеграфист вышел на крыльцо и увидел голубя.

— Выручишь? — спросил он.

Евгений выручил. Он летел против ветра до рассвета, и врач приплыл на маяк вовремя.

Провода починили через неделю. Но с тех пор на станции держали открытым одно окно — на случай, если сообщение снова оборвётся на середине. И ни одно больше не пропало.`,

  thanks: 'Пожалуйста! Если захотите настоящую модель, спросите, как подключить YandexGPT.',

  default: `Я — демо-проводник и знаю только про этот чат, зато отвечаю сразу, без ключа и без интернета. Спросите меня, например:

- Как подключить YandexGPT?
- Сколько это стоит?
- Где хранятся мои беседы?
- Какие есть клавиши?
- Покажи код, таблицу и формулу
- Расскажи историю
- Нарисуй картинку

На остальное ответит настоящая модель — её подключают за пару минут.`,
};

const en: Texts = {
  who: `I am the **demo guide** of Multimodel Chat. There is no neural network behind me: my answers were written in advance, and I work offline and without a key. Still, I show how things work here: an answer comes in pieces, you can stop it, and a reload of the page does not lose it.

To talk to a real model, ask: “How do I connect YandexGPT?”`,

  connect: `## How to connect YandexGPT

1. Open the [Yandex Cloud console](https://console.yandex.cloud) and create a **service account** with the role \`ai.languageModels.user\`.
2. Create an **API key** for it with the scope \`yc.ai.languageModels.execute\`. The secret is shown once and begins with \`AQVN\`.
3. Stop the chat and start it with the key:

\`\`\`sh
YC_API_KEY=AQVN... npm start
\`\`\`

You need not name the folder: the chat finds it by the key. To set it yourself, add \`YC_FOLDER_ID=b1g...\`.

Then choose a YandexGPT model at the top of the page. If something is wrong, the chat says in words what Yandex did not like and what to change.`,

  keys: `## Keys

- An API key for YandexGPT is made in the [Yandex Cloud console](https://console.yandex.cloud), for a service account with the role \`ai.languageModels.user\`.
- Pass it as the variable \`YC_API_KEY\`, or write it into \`mmc.config.json\`.
- Stored keys are **encrypted** (AES-256-GCM), never logged and never sent to the browser.

For every step, ask: “How do I connect YandexGPT?”`,

  shortcuts: `## Keyboard

| keys | what they do |
|---|---|
| \`Enter\` | send |
| \`Shift\` + \`Enter\` | new line |
| \`Esc\` | stop the answer |
| \`Ctrl\` + \`Shift\` + \`O\` | new chat (on a Mac, \`⌘\` + \`Shift\` + \`O\`) |

Try it: ask me for a story and press \`Esc\` in the middle of it. What was written stays.`,

  storage: `## What is stored where

- **Chats and settings** are in a database on your computer, in the folder \`data\` beside the program. Companies connect PostgreSQL instead.
- **Keys of providers** are there too, encrypted.
- **Your messages** go only to the model that you chose. YandexGPT is asked not to keep requests, unless you allow it.
- **I** send nothing anywhere: I answer on this very computer.

Each piece of an answer is stored first and shown after that. So whatever you have seen will not be lost.`,

  cost: `## What it costs

The chat itself is free, and so am I. You pay the provider of the model for **tokens**, which are small pieces of text: those of the question and those of the answer.

Below each answer you see its tokens and their price. Prices come from a dated list, so the sum is an estimate; only the provider has the exact bill.

To spend less, begin a new chat for a new subject (the whole history is sent again with each question) and take a lighter model, such as YandexGPT Lite.`,

  showcase: `# What Markdown can do

You can write **bold**, *italic*, \`code\` and ~~strike through~~.

\`\`\`ts
function greet(name: string): string {
  return \`Hello, \${name}!\`;
}
\`\`\`

| model | window, tokens | images |
|---|---:|:---:|
| YandexGPT 5 Lite | 32,768 | no |
| Qwen3.6 35B | 262,144 | yes |

A formula in a line, $a^2 + b^2 = c^2$, and one by itself:

$$
\\int_{-\\infty}^{\\infty} e^{-x^2}\\,dx = \\sqrt{\\pi}
$$

1. Lists can have numbers,
   - and lists inside them,
2. and numbers again.

> A quotation: store first, show after that.`,

  draw: `Here is a morning in the hills. I always draw the same one: it is made right here, offline. Still, it shows how a picture by a model is displayed and kept.`,

  story: `## The pigeon and the telegraph

In a small town by the sea there lived a carrier pigeon called Eugene. His letters were never late, but one day the town got a telegraph, and the pigeon was forgotten.

Eugene did not mind. Every morning he sat on the wire and listened to the words of strangers running under his feet: good wishes, the price of fish, “come soon”. He did not understand them, but he felt that they were in a hurry.

One night a storm tore the wires. At the station there was one operator left, and one unfinished message: “Doctor needed today, lighthouse…” There the tape ended.

The operator stepped outside and saw the pigeon.

“Will you help?” he asked.

Eugene did. He flew against the wind until dawn, and the doctor reached the lighthouse in time.

The wires were mended within a week. But ever since, one window of the station has been kept open, in case a message breaks off in the middle again. Not one has been lost.`,

  thanks: 'You are welcome! When you want a real model, ask how to connect YandexGPT.',

  default: `I am the demo guide. I know only this chat, but I answer at once, without a key and offline. Ask me, for example:

- How do I connect YandexGPT?
- What does it cost?
- Where are my chats stored?
- Which keyboard shortcuts are there?
- Show me code, a table and a formula
- Tell me a story
- Draw a picture

A real model answers everything else; connecting one takes a few minutes.`,
};

export const texts: Readonly<Record<Language, Texts>> = { ru, en };

interface Phrases {
  hello(name: string | undefined): string;
  pleased(name: string): string;
  yourName(name: string | undefined): string;
  /** `count`: messages of the person before this one. */
  history(count: number, previous: string | undefined): string;
  again(): string;
  /** Of what came with the message: `image.png (12 KB)`. */
  received(files: readonly string[]): string;
}

/** 1 сообщение, 2 сообщения, 5 сообщений. */
function messagesInRussian(count: number): string {
  const forms = { one: 'сообщение', few: 'сообщения', many: 'сообщений', other: 'сообщения', zero: 'сообщений', two: 'сообщения' };
  return `${String(count)} ${forms[new Intl.PluralRules('ru').select(count)]}`;
}

const listOf = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n');

export const phrases: Readonly<Record<Language, Phrases>> = {
  ru: {
    hello: (name) => (name === undefined ? 'Здравствуйте!' : `Здравствуйте, ${name}!`),
    pleased: (name) => `Очень приятно, ${name}! Запомню до конца беседы.`,
    yourName: (name) =>
      name === undefined ? 'Вы ещё не назвали своего имени. Напишите, например: «Меня зовут Анна».' : `Вас зовут ${name}: вы сами сказали.`,
    history: (count, previous) =>
      previous === undefined
        ? 'Это ваше первое сообщение в этой беседе.'
        : `До этого вы написали мне ${messagesInRussian(count)}. В прошлом сообщении было: «${previous}».`,
    again: () => 'Об этом мы уже говорили, но повторю с удовольствием.',
    received: (files) =>
      `${files.length === 1 ? 'Получил ваш файл' : `Получил ваши файлы (${String(files.length)})`}:\n\n${listOf(files)}\n\nЗаглянуть внутрь я не умею: для этого выберите настоящую модель, которая понимает картинки и документы.`,
  },
  en: {
    hello: (name) => (name === undefined ? 'Hello!' : `Hello, ${name}!`),
    pleased: (name) => `Nice to meet you, ${name}! I will remember it until the end of this chat.`,
    yourName: (name) =>
      name === undefined
        ? 'You have not told me your name yet. Write, for example: “My name is Anna”.'
        : `Your name is ${name}: you told me yourself.`,
    history: (count, previous) =>
      previous === undefined
        ? 'This is your first message in this chat.'
        : `Before this you wrote ${String(count)} ${count === 1 ? 'message' : 'messages'}. The last one was: “${previous}”.`,
    again: () => 'We have talked about this before, but I am glad to repeat it.',
    received: (files) =>
      `${files.length === 1 ? 'I have your file' : `I have your ${String(files.length)} files`}:\n\n${listOf(files)}\n\nI cannot look inside: choose a real model that understands images and documents.`,
  },
};
