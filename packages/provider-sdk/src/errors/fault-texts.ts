import { codeTexts, inEvery, type Localized, type ProviderErrorCode } from '@multimodel/core';

/** What goes wrong on the way to any vendor, in the words that people read. */
export const faultTexts = {
  /** With the vendor's own sentence, which stays in the vendor's language. */
  status: (code: ProviderErrorCode, status: number, vendorMessage: string): Localized => {
    const tail = vendorMessage === '' ? '' : `: ${vendorMessage}`;
    const { ru, en } = codeTexts[code];
    return { ru: `${ru} (статус ${status})${tail}`, en: `${en} (status ${status})${tail}` };
  },
  cutOff: { ru: 'Ответ оборвался', en: 'The answer was cut off' },
  badPiece: {
    ru: 'Провайдер прислал часть ответа, которую не удалось разобрать',
    en: 'The provider sent a piece of the answer that could not be understood',
  },
  nothingReadable: {
    ru: 'В ответе провайдера не нашлось ничего понятного',
    en: 'The provider answered without a single understandable piece',
  },
  pieceTooLong: (limit: number): Localized => ({
    ru: `Часть ответа длиннее ${limit} символов`,
    en: `A piece of the answer is longer than ${limit} characters`,
  }),
  answerTooLong: (bytes: number): Localized => ({
    ru: `Ответ провайдера длиннее ${bytes} байт`,
    en: `The provider's answer is longer than ${bytes} bytes`,
  }),
  answerOfAnotherForm: { ru: 'Ответ провайдера не той формы, что ожидалась', en: "The provider's answer is not of the expected form" },
  notAnAddress: {
    ru: 'Адрес провайдера — не обычный адрес http или https',
    en: 'The address of the provider is not a plain http or https URL',
  },
  noHttp2: (host: string): Localized => ({ ru: `${host} не поддерживает HTTP/2`, en: `${host} does not offer HTTP/2` }),
  notHttp: (host: string): Localized => ({ ru: `${host} ответил не по HTTP`, en: `${host} did not answer in HTTP` }),
  notAccepted: (host: string): Localized => ({
    ru: `${host} не принял соединение вовремя`,
    en: `${host} did not accept a connection in time`,
  }),
  unsendable: (host: string, what: Localized): Localized => ({
    ru: `Запрос к ${host} не отправить: ${what.ru} с недопустимыми для HTTP знаками`,
    en: `The request to ${host} could not be sent: ${what.en} holds characters that HTTP does not allow`,
  }),
  unreachable: (host: string, why: Localized): Localized => ({
    ru: `Нет связи с ${host}: ${why.ru}`,
    en: `Could not reach ${host}: ${why.en}`,
  }),
  hostCutOff: (host: string, why: Localized): Localized => ({
    ru: `Ответ ${host} оборвался: ${why.ru}`,
    en: `The answer of ${host} was cut off: ${why.en}`,
  }),
  insecure: (host: string, why: Localized): Localized => ({
    ru: `Нет защищённого соединения с ${host}: ${why.ru}`,
    en: `No secure connection to ${host}: ${why.en}`,
  }),
  first_token: { ru: 'Провайдер не начал отвечать вовремя', en: 'The provider did not begin to answer in time' },
  idle: { ru: 'Провайдер замолчал посреди ответа', en: 'The provider stopped in the middle of the answer' },
  total: { ru: 'Ответ занял больше времени, чем разрешено', en: 'The answer took longer than allowed' },
  notRemote: (path: string): Localized => ({
    ru: `По этому адресу нет ${path}: служба не говорит на протоколе remote`,
    en: `There is no ${path} below the address: the service does not speak the remote protocol`,
  }),
  wrongSettings: (plugin: string, faults: Localized): Localized =>
    inEvery((language) => `${{ ru: 'Неверные настройки', en: 'Wrong settings of' }[language]} ${plugin}. ${faults[language]}`),
} as const satisfies Record<string, Localized | ((...values: never[]) => Localized)>;
