import type { Localized } from '../shared/localized.ts';

type What = 'Chat' | 'Message' | 'Run' | 'Provider';

const notFoundInRussian: Readonly<Record<What, readonly [noun: string, found: string]>> = {
  Chat: ['Чат', 'не найден'],
  Message: ['Сообщение', 'не найдено'],
  Run: ['Ответ', 'не найден'],
  Provider: ['Провайдер', 'не найден'],
};

/** What the services refuse, in the words that people read. */
export const faultTexts = {
  notFound(what: What, id?: string): Localized {
    const [noun, found] = notFoundInRussian[what];
    return { ru: [noun, id, found].filter(Boolean).join(' '), en: [what, id, 'was not found'].filter(Boolean).join(' ') };
  },
  notInChat: (id: string): Localized => ({ ru: `Сообщения ${id} в этом чате нет`, en: `Message ${id} was not found in this chat` }),
  adminOnly: { ru: 'Это может сделать только администратор', en: 'Only an administrator may do this' },

  stillWritten: {
    ru: 'Этот ответ ещё пишется: дождитесь его или остановите',
    en: 'This answer is still being written: wait for it or stop it',
  },
  noQuestion: { ru: 'У этого ответа нет вопроса, который можно задать снова', en: 'This answer has no question to be asked again' },
  nothingToContinue: {
    ru: 'Продолжать нечего: ответ полон или пуст',
    en: 'There is nothing to go on with: this answer is complete, or empty',
  },
  notLastAnswer: { ru: 'Продолжить можно только последний ответ ветки', en: 'Only the last answer of a branch can go on' },
  notAnAnswer: { ru: 'Это сообщение — вопрос, а не ответ', en: 'This message is a question, not an answer' },
  notACursor: {
    ru: 'это не курсор этого списка: передайте nextCursor прошлой страницы без изменений',
    en: 'is not a cursor of this list: pass nextCursor of the page before, unchanged',
  },

  recordExists: { ru: 'Запись с таким ключом уже есть', en: 'A record with this key exists already' },
  recordOrphaned: {
    ru: 'Запись, к которой относится эта, не существует',
    en: 'A record that this one belongs to does not exist',
  },
  keyInUse: {
    ru: 'Другой запрос с этим Idempotency-Key ещё выполняется; повторите его',
    en: 'Another request with this Idempotency-Key is being served; repeat it',
  },
  keyOfAnother: {
    ru: 'Этот Idempotency-Key был у другого запроса; для каждого нового запроса нужен новый ключ',
    en: 'This Idempotency-Key was used for another request; take a new key for each new request',
  },
  keyOfDeleted: {
    ru: 'То, что было сделано с этим Idempotency-Key, с тех пор удалено',
    en: 'What this Idempotency-Key had made was deleted since',
  },

  modelNameForm: { ru: 'должно быть вида «провайдер/модель»', en: 'must look like "provider/model"' },
  modelEmbeds: { ru: 'не для разговоров: эта модель считает эмбеддинги', en: 'does not chat: it makes embeddings' },
  badModel: (name: string, why: Localized): Localized => ({ ru: `Модель «${name}»: ${why.ru}`, en: `Model "${name}" ${why.en}` }),
  noProviders: {
    ru: 'Ни один провайдер не настроен: добавьте его в настройках, в файле конфигурации или в окружении',
    en: 'No provider is configured: add one in the settings, the configuration file or the environment',
  },
  modelsTooLate: { ru: 'Список моделей не пришёл вовремя', en: 'The list of models did not come in time' },

  noSuchProvider: (slug: string): Localized => ({ ru: `Провайдера «${slug}» нет`, en: `No provider "${slug}" is configured` }),
  pluginMissing: (slug: string, plugin: string, known: string): Localized => ({
    ru: `Провайдеру «${slug}» нужен плагин «${plugin}», а он не установлен. Установлены: ${known}`,
    en: `Provider "${slug}" wants the plugin "${plugin}", which is not installed. Installed: ${known}`,
  }),
  pluginUnknown: (id: string, known: string): Localized => ({
    ru: `«${id}» не установлен; есть ${known}`,
    en: `"${id}" is not installed; there are: ${known}`,
  }),
  otherPlugin: (plugin: string): Localized => ({
    ru: `должен быть ${plugin}, как у сохранённого провайдера`,
    en: `must be ${plugin}, the plugin of the stored provider`,
  }),
  unreadableSettings: { ru: 'Его настройки не удалось прочитать', en: 'Its settings could not be read' },
  slugTaken: { ru: 'уже занято другим провайдером', en: 'is the name of another provider' },
  slugTakenBy: (slug: string): Localized => ({
    ru: `Имя «${slug}» уже занято другим провайдером; выберите другое`,
    en: `"${slug}" is the name of another provider; choose another one`,
  }),
  secretAgain: (moved: string): Localized => ({
    ru: `введите заново, потому что изменилось ${moved}: сохранённый ключ не отправляется на другой адрес`,
    en: `must be entered again, because ${moved} changed: a stored secret is not sent to another address`,
  }),
  notWebAddress: { ru: 'должен начинаться с http:// или https://', en: 'must begin with http:// or https://' },
  privateAddress: {
    ru: 'ведёт на этот компьютер или в частную сеть; сервер разрешает это только с MMC_ALLOW_PRIVATE_URLS=true',
    en: 'names this machine or a private network; the server allows that with MMC_ALLOW_PRIVATE_URLS=true only',
  },
  changedInFile: {
    ru: 'задан в файле конфигурации: измените или удалите его там и перезапустите сервер',
    en: 'comes from the configuration file: change or remove it there and restart the server',
  },
  changedInEnvironment: {
    ru: 'задан переменными окружения: измените или удалите их и перезапустите сервер',
    en: 'comes from environment variables: change or remove them and restart the server',
  },
  onlySwitched: {
    ru: 'встроен в программу: его можно только включить или выключить',
    en: 'is part of the product: it can only be switched on and off',
  },
  changedHere: { ru: 'можно изменить здесь', en: 'can be changed here' },
  leftConfiguration: {
    ru: 'больше не задан в конфигурации: верните его туда или удалите',
    en: 'is no longer in the configuration: put it back there, or delete it',
  },
  ofProvider: (slug: string, why: Localized): Localized => ({ ru: `«${slug}» ${why.ru}`, en: `"${slug}" ${why.en}` }),
  testTooLong: { ru: 'Проверка заняла слишком много времени', en: 'The test took too long' },
  testGivenUp: { ru: 'Проверку прервали', en: 'The test was given up' },

  queueFull: {
    ru: 'К этому провайдеру слишком большая очередь; попробуйте через минуту',
    en: 'Too many requests are waiting for this provider; try again in a minute',
  },
  shuttingDown: {
    ru: 'Сервер выключается; попробуйте через несколько секунд',
    en: 'The server is going down; try again in a few seconds',
  },
  wentOnAfterEnd: { ru: 'Ответ модели продолжился после своего конца', en: 'The answer of the model went on after its end mark' },
  endedWithoutEnd: { ru: 'Ответ модели оборвался без знака конца', en: 'The answer of the model ended without its end mark' },
} as const satisfies Record<string, Localized | ((...values: never[]) => Localized)>;
