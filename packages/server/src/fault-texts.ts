import { inEvery, type Localized } from '@multimodel/core';

/** What the HTTP edge refuses, in the words that people read. */
export const faultTexts = {
  /** Our own faults say no more outside; the log holds the rest under the request id. */
  internal: {
    ru: 'На сервере что-то сломалось. Подробности — в его журнале под этим номером запроса.',
    en: 'Something went wrong on the server. Its log has the details under this request id.',
  },
  storageUnavailable: {
    ru: 'База данных сейчас не отвечает. Ничего не сохранено; попробуйте через минуту.',
    en: 'The database does not answer right now. Nothing was saved; try again in a moment.',
  },
  unclear: { ru: 'Запрос не удалось разобрать', en: 'The request could not be understood' },
  bodyTooLarge: { ru: 'Запрос больше, чем принимает этот сервер', en: 'The body is larger than this server accepts' },
  notJson: { ru: 'Отправляйте тело запроса как application/json', en: 'Send the body as application/json' },
  badAddress: { ru: 'Адрес записан неверно', en: 'The address is not well-formed' },
  noAddress: { ru: 'Такого адреса нет', en: 'No such address' },
  nothingHere: { ru: 'По этому адресу ничего нет', en: 'There is nothing at this address' },
  slashAtEnd: (path: string): Localized => ({
    ru: `По этому адресу ничего нет. Уберите косую черту в конце: ${path}`,
    en: `There is nothing at this address. Leave out the slash at its end: ${path}`,
  }),
  wrongMethod: (method: string, allowed: string): Localized => ({
    ru: `${method} здесь не принимается; можно ${allowed}`,
    en: `${method} is not served here; allowed: ${allowed}`,
  }),
  noHost: {
    ru: 'В запросе нет заголовка Host: назовите узел, которому он предназначен',
    en: 'The request has no Host header: name the host it is meant for',
  },
  foreignHost: (host: string): Localized => ({
    ru: `Этот сервер не отвечает под именем «${host}». Если его открывают под этим именем, задайте MMC_PUBLIC_URL`,
    en: `This server does not answer for the host "${host}". If people open it under this name, set MMC_PUBLIC_URL`,
  }),
  foreignPage: {
    ru: 'Менять данные можно только со страниц самого этого сервера',
    en: 'Writes are accepted only from pages of this server itself',
  },
  shuttingDown: { ru: 'Сервер выключается', en: 'The server is going down' },
  metricsHere: {
    ru: 'Метрики видны только с этого компьютера или с MMC_METRICS_TOKEN',
    en: 'Metrics are shown to this machine only, or to who brings MMC_METRICS_TOKEN',
  },
  metricsToken: {
    ru: 'Пришлите токен метрик: Authorization: Bearer ...',
    en: 'Send the metrics token: Authorization: Bearer ...',
  },
  tooSlow: { ru: 'Запрос не пришёл вовремя', en: 'The request did not come in time' },
  headersTooLarge: { ru: 'Заголовки больше, чем принимает этот сервер', en: 'The headers are larger than this server accepts' },
  notHttp: { ru: 'Это не запрос HTTP', en: 'The request is not valid HTTP' },
} as const satisfies Record<string, Localized | ((...values: never[]) => Localized)>;

/** Of one field, said after its name. */
export const fieldTexts = {
  missing: { ru: 'не указано', en: 'is missing' },
  unknown: { ru: 'здесь нет такого поля', en: 'is not a known field' },
  empty: { ru: 'не может быть пустым', en: 'must not be empty' },
  nul: { ru: 'не может содержать знак U+0000', en: 'must not hold the character U+0000' },
  modelName: { ru: 'должно быть вида «провайдер/модель»', en: 'must look like "provider/model"' },
  slug: {
    ru: 'должно быть не длиннее 60 знаков: строчные латинские буквы, цифры, точки, дефисы и подчёркивания, по краям — буква или цифра',
    en: 'must be up to 60 small Latin letters, digits, dots, hyphens or underscores, with a letter or digit at both ends',
  },
  notPrintable: { ru: 'должно состоять из печатных знаков ASCII без пробелов', en: 'must be printable ASCII without spaces' },
  onlyNewestFirst: {
    ru: 'вместе с branch может быть только desc: ветка известна от конца',
    en: 'must be desc with branch: a branch is known from its end',
  },
  noBody: { ru: 'пусто', en: 'is empty' },
  bodyTooDeep: { ru: 'слишком глубоко вложено', en: 'is nested too deeply' },
  bodyNotJson: { ru: 'не JSON', en: 'is not valid JSON' },
  bodyOfOtherLength: { ru: 'не той длины, что обещал его заголовок', en: 'does not have the length that its header promised' },
  notPercentEncoded: { ru: 'не в кодировке процентами (RFC 3986)', en: 'is not percent-encoded (RFC 3986)' },
  packedUpload: {
    ru: 'Файл нужно отправлять несжатым, без Content-Encoding',
    en: 'Send the file as it is, without Content-Encoding',
  },
  uploadCut: { ru: 'Передача файла оборвалась', en: 'The upload was cut off' },
  ofType: (type: string): Localized => ({ ru: `должно быть типа ${type}`, en: `must be of type ${type}` }),
  oneOf: (names: string): Localized => ({ ru: `должно быть одним из: ${names}`, en: `must be one of: ${names}` }),
  longerThan: (count: string): Localized => ({ ru: `длиннее ${count} символов`, en: `is longer than ${count} characters` }),
  shorterThan: (count: string): Localized => ({ ru: `короче ${count} символов`, en: `is shorter than ${count} characters` }),
  moreItems: (count: string): Localized => ({ ru: `должно содержать не больше ${count} значений`, en: `must have at most ${count} items` }),
  fewerItems: (count: string): Localized => ({
    ru: `должно содержать не меньше ${count} значений`,
    en: `must have at least ${count} items`,
  }),
  greaterThan: (limit: string): Localized => ({ ru: `должно быть не больше ${limit}`, en: `must be at most ${limit}` }),
  lessThan: (limit: string): Localized => ({ ru: `должно быть не меньше ${limit}`, en: `must be at least ${limit}` }),
} as const satisfies Record<string, Localized | ((...values: never[]) => Localized)>;

export const ofBody = (fault: Localized): Localized =>
  inEvery((language) => `${{ ru: 'Тело запроса', en: 'The body' }[language]} ${fault[language]}`);
