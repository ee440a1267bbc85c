import type { ErrorDetails, Localized } from '@multimodel/core';
import type { FaultId } from './fault-table.ts';

/** What the sentences may speak of. */
export interface Speaker {
  /** Of the service, for example `DeepSeek`. */
  readonly name: string;
  readonly keysAt: string | undefined;
  readonly start: Localized | undefined;
  readonly host: string;
}

type Say = (speaker: Speaker, details: ErrorDetails) => Localized;

const told = (details: ErrorDetails, name: string): string | undefined => {
  const value = details[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
};

/** ` (…)`, or nothing where there is nothing to say. */
const within = (text: string | undefined): string => (text === undefined ? '' : ` (${text})`);

const ofTokens = (details: ErrorDetails): { readonly ru: string; readonly en: string } => {
  const limit = told(details, 'limit');
  const got = told(details, 'got');
  return {
    ru: limit === undefined ? '' : ` (${got === undefined ? '' : `${got} из `}${limit} токенов)`,
    en: limit === undefined ? '' : ` (${got === undefined ? '' : `${got} of `}${limit} tokens)`,
  };
};

const nearOf = (details: ErrorDetails): readonly string[] => {
  const near = details['near'];
  return Array.isArray(near) ? near.map(String) : [];
};

/** One sentence, or two short ones: what is wrong, and what mends it. */
const texts: Readonly<Record<FaultId, Say>> = {
  page: ({ host }) => ({
    ru: `По адресу ${host} отвечает веб-страница, а не API. Впишите адрес API: обычно он кончается на /v1.`,
    en: `A web page answers at ${host}, not an API. Enter the address of the API: it usually ends in /v1.`,
  }),
  down: ({ name, host, start }) => ({
    ru: start
      ? `${name} по адресу ${host} не отвечает. Запущен ли он? Запустите его (${start.ru}) или проверьте адрес и порт.`
      : `По адресу ${host} никто не отвечает. Проверьте адрес и порт и то, что сервер запущен.`,
    en: start
      ? `${name} does not answer at ${host}. Is it running? Start it (${start.en}), or check address and port.`
      : `Nothing answers at ${host}. Check address and port, and that the server is running.`,
  }),
  address: ({ host }, details) => {
    const suggested = told(details, 'suggested');
    return suggested === undefined
      ? {
          ru: `По этому адресу на ${host} нет OpenAI-совместимого API. Проверьте адрес: обычно он кончается на /v1.`,
          en: `There is no OpenAI-compatible API at this address of ${host}. Check the address: it usually ends in /v1.`,
        }
      : { ru: `API находится по адресу ${suggested}. Впишите его целиком.`, en: `The API is at ${suggested}. Enter that address.` };
  },
  region: ({ name }) => ({
    ru: `${name} не работает в стране, из которой пришёл запрос. Разместите сервер в другой стране или выберите другой сервис.`,
    en: `${name} does not serve the country that the request came from. Run the server in another country, or choose another service.`,
  }),
  key: ({ name, keysAt }) => ({
    ru: `${name}: ключ неверный, отозван или от другого сервиса. Вставьте действующий ключ целиком${within(keysAt)}.`,
    en: `${name}: the key is wrong, revoked or of another service. Paste the whole of a valid key${within(keysAt)}.`,
  }),
  'no-key': ({ name, keysAt }) => ({
    ru: `${name} требует ключ. Впишите его в поле «API-ключ»${within(keysAt)}.`,
    en: `${name} wants a key. Put it into the field “API key”${within(keysAt)}.`,
  }),
  quota: ({ name }) => ({
    ru: `${name}: на счёте закончились деньги или квота. Пополните счёт в личном кабинете.`,
    en: `${name}: the account has no money or quota left. Top it up in the console.`,
  }),
  content: ({ name }) => ({
    ru: `Фильтр содержимого ${name} не пропустил запрос. Переформулируйте его.`,
    en: `The content filter of ${name} refused the request. Put it in other words.`,
  }),
  context: (_speaker, details) => ({
    ru: `Беседа длиннее окна модели${ofTokens(details).ru}. Начните новый чат или выберите модель с большим окном.`,
    en: `The conversation is longer than the window of the model${ofTokens(details).en}. Begin a new chat or choose a model with a larger window.`,
  }),
  minute: ({ name }, details) => ({
    ru: `Запрос больше, чем ваш тариф в ${name} разрешает за минуту${ofTokens(details).ru}. Сократите беседу или поднимите тариф.`,
    en: `The request is larger than your plan at ${name} allows in a minute${ofTokens(details).en}. Shorten the conversation or raise the plan.`,
  }),
  size: ({ name }) => ({
    ru: `Запрос слишком велик для ${name}. Уберите вложения или начните новый чат.`,
    en: `The request is too large for ${name}. Remove attachments, or begin a new chat.`,
  }),
  loading: ({ name }) => ({
    ru: `${name} ещё загружает модель. Подождите минуту и повторите.`,
    en: `${name} is still loading the model. Wait a minute and try again.`,
  }),
  'not-loaded': ({ name }) => ({
    ru: `В ${name} не загружена эта модель. Загрузите её там и повторите.`,
    en: `This model is not loaded in ${name}. Load it there and try again.`,
  }),
  model: ({ name }, details) => {
    const near = nearOf(details).join(', ');
    return {
      ru: `${name} не знает такой модели или она вам недоступна. ${near === '' ? 'Выберите другую из списка' : `Похожие: ${near}`}.`,
      en: `${name} does not know this model, or you have no access to it. ${near === '' ? 'Choose another one of the list' : `Similar: ${near}`}.`,
    };
  },
  images: () => ({
    ru: 'Эта модель не видит изображений. Уберите их или выберите модель, которая видит.',
    en: 'This model does not see images. Remove them, or choose a model that does.',
  }),
  tools: () => ({
    ru: 'Эта модель не умеет вызывать инструменты. Отключите их или выберите другую модель.',
    en: 'This model cannot call tools. Switch them off, or choose another model.',
  }),
  parameter: (_speaker, details) => ({
    ru: `Модель не принимает параметр${within(told(details, 'parameter'))}. Верните его к обычному значению в настройках ответа.`,
    en: `The model does not take the parameter${within(told(details, 'parameter'))}. Put it back to its usual value in the settings of the answer.`,
  }),
  busy: ({ name }) => ({
    ru: `${name} сейчас перегружен. Повторите через минуту или выберите другую модель.`,
    en: `${name} is overloaded. Try again in a minute, or choose another model.`,
  }),
  rate: ({ name }, details) => {
    const seconds = told(details, 'waitSeconds');
    return {
      ru: `${name} пока не принимает больше запросов с этим ключом. ${seconds === undefined ? 'Подождите минуту' : `Подождите ${seconds} с`} и повторите.`,
      en: `${name} takes no more requests with this key for now. ${seconds === undefined ? 'Wait a minute' : `Wait ${seconds} s`} and try again.`,
    };
  },
  rights: ({ name }) => ({
    ru: `${name}: ключ принят, но прав не хватает. Проверьте в личном кабинете, что ключу разрешены эта модель и этот адрес.`,
    en: `${name}: the key was accepted but lacks rights. Check in the console that it may use this model from this address.`,
  }),
  refused: ({ name }, details) => {
    const said = told(details, 'vendorMessage');
    return {
      ru: `${name} не принял запрос${said === undefined ? '' : ` и говорит: «${said}»`}.`,
      en: `${name} did not accept the request${said === undefined ? '' : ` and says: “${said}”`}.`,
    };
  },
  broken: ({ name }) => ({
    ru: `Сервер ${name} сломан или перегружен. Дело на его стороне: повторите позже.`,
    en: `The server of ${name} is out of order or overloaded. The fault is on its side: try again later.`,
  }),
};

export function sentenceOf(fault: FaultId, speaker: Speaker, details: ErrorDetails): Localized {
  return texts[fault](speaker, details);
}
