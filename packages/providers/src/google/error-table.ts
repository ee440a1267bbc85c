import type { FaultRow } from '../shared/fault-table.ts';

/** Read from the top. A wrong key is a 400 here, so reasons and sentences come before statuses. Texts as the API quotes them. */
export const googleFaults: readonly FaultRow[] = [
  {
    name: 'key_expired',
    code: 'auth',
    pattern: /api key expired/iu,
    words: {
      ru: 'Срок действия ключа Google истёк. Создайте новый: aistudio.google.com, раздел API keys.',
      en: 'The Google key has expired. Make a new one at aistudio.google.com, section API keys.',
    },
  },
  {
    name: 'key_leaked',
    code: 'auth',
    pattern: /reported as leaked/iu,
    words: {
      ru: 'Google заблокировал этот ключ: он попал в открытый доступ. Создайте новый: aistudio.google.com, раздел API keys.',
      en: 'Google has blocked this key, since it became public. Make a new one at aistudio.google.com, section API keys.',
    },
  },
  {
    name: 'key',
    code: 'auth',
    types: ['API_KEY_INVALID'],
    words: {
      ru: 'Google не принимает ключ: он неверный или скопирован не целиком. Создайте новый: aistudio.google.com, раздел API keys.',
      en: 'Google refused the key: it is wrong or not copied whole. Make a new one at aistudio.google.com, section API keys.',
    },
  },
  {
    name: 'unauthenticated',
    code: 'auth',
    statuses: [401],
    words: {
      ru: 'Google не принимает ключ: нужен ключ Gemini API из aistudio.google.com, а не токен или ключ другой службы.',
      en: 'Google refused the key: it wants a key of the Gemini API from aistudio.google.com, not a token or the key of another service.',
    },
  },
  {
    name: 'api_off',
    code: 'permission',
    types: ['SERVICE_DISABLED'],
    words: {
      ru: 'В проекте этого ключа выключен Gemini API. Включите Generative Language API в console.cloud.google.com.',
      en: 'The Gemini API is switched off in the project of this key. Enable the Generative Language API at console.cloud.google.com.',
    },
  },
  {
    name: 'key_restricted',
    code: 'permission',
    types: [
      'API_KEY_SERVICE_BLOCKED',
      'API_KEY_HTTP_REFERRER_BLOCKED',
      'API_KEY_IP_ADDRESS_BLOCKED',
      'API_KEY_ANDROID_APP_BLOCKED',
      'API_KEY_IOS_APP_BLOCKED',
    ],
    words: {
      ru: 'Ключ ограничен и отсюда не работает. Снимите ограничения по адресам или службам в console.cloud.google.com, раздел Credentials.',
      en: 'The key is restricted and does not work from here. Lift its limits of addresses or services at console.cloud.google.com, Credentials.',
    },
  },
  {
    name: 'region',
    code: 'permission',
    pattern: /user location is not supported/iu,
    words: {
      ru: 'Google не отвечает на запросы из этой страны. Поможет сервер в другой стране или посредник, адрес которого можно указать в настройках.',
      en: 'Google does not serve requests from this country. A server elsewhere helps, or a gateway whose address goes into the settings.',
    },
  },
  {
    name: 'no_free_tier',
    code: 'quota_exhausted',
    pattern: /free tier is not available|enable billing|billing (?:is|has been) disabled|billing to be enabled/iu,
    words: {
      ru: 'Бесплатно эта модель здесь не работает. Включите оплату проекта: aistudio.google.com, раздел Billing.',
      en: 'This model is not free here. Enable billing for the project at aistudio.google.com, section Billing.',
    },
  },
  {
    name: 'no_credit',
    code: 'quota_exhausted',
    pattern: /credits? (?:are|is|have been) (?:depleted|exhausted)|spend(?:ing)? (?:cap|limit)/iu,
    words: {
      ru: 'Деньги или предел расходов на Gemini API исчерпаны. Пополните счёт или поднимите предел: aistudio.google.com, раздел Billing.',
      en: 'The credit or the spending limit for the Gemini API is used up. Top it up or raise it at aistudio.google.com, section Billing.',
    },
  },
  {
    name: 'not_in_plan',
    code: 'quota_exhausted',
    statuses: [429],
    pattern: /limit: 0\b/iu,
    words: {
      ru: 'На бесплатном тарифе Google эта модель недоступна. Выберите другую или включите оплату: aistudio.google.com, раздел Billing.',
      en: 'The free tier of Google does not include this model. Choose another one, or enable billing at aistudio.google.com, section Billing.',
    },
  },
  {
    name: 'day_quota',
    code: 'quota_exhausted',
    statuses: [429],
    types: ['QUOTA_PER_DAY'],
    words: {
      ru: 'Дневная квота Google на эту модель израсходована. Завтра она обновится; сейчас поможет другая модель или платный тариф.',
      en: 'The daily quota of Google for this model is used up. It renews tomorrow; another model or a paid tier helps now.',
    },
  },
  {
    name: 'rate',
    code: 'rate_limited',
    statuses: [429],
    words: {
      ru: 'Google просит подождать: запросов или токенов в минуту больше, чем позволяет ваш тариф. Попробуйте чуть позже.',
      en: 'Google asks to wait: more requests or tokens per minute than your tier allows. Try again in a little while.',
    },
  },
  {
    name: 'too_long',
    code: 'context_too_long',
    pattern: /input token count \(?(\d+)?\)? ?exceeds the maximum number of tokens allowed \(?(\d+)?\)?/iu,
    facts: ([, got, limit]) => ({ ...(got ? { got: Number(got) } : {}), ...(limit ? { limit: Number(limit) } : {}) }),
    words: {
      ru: 'Разговор длиннее, чем вмещает модель ({limit} токенов). Начните новый чат или выберите модель с окном побольше.',
      en: 'The conversation is longer than the {limit} tokens of this model. Begin a new chat or choose a model with a larger window.',
    },
  },
  {
    name: 'too_large',
    code: 'context_too_long',
    pattern: /payload size exceeds the limit|request entity too large/iu,
    words: {
      ru: 'Запрос больше, чем принимает Google. Уберите часть вложений.',
      en: 'The request is larger than Google takes. Leave out some attachments.',
    },
  },
  {
    name: 'blocked',
    code: 'content_filtered',
    types: ['PROMPT_BLOCKED'],
    words: {
      ru: 'Фильтр Google не пропустил вопрос. Сформулируйте его иначе.',
      en: 'The filter of Google held the question back. Ask in other words.',
    },
  },
  {
    name: 'no_model',
    code: 'model_not_found',
    statuses: [404],
    pattern: /models\/(\S+) is (?:not found|no longer available)/iu,
    facts: ([, model]) => ({ model }),
    words: {
      ru: 'У Google нет модели {model}, или она не для бесед. Выберите другую из списка.',
      en: 'Google has no model {model}, or it is not one for chats. Choose another one from the list.',
    },
  },
  {
    name: 'no_api',
    code: 'invalid_request',
    statuses: [404, 405],
    mayFailOver: true,
    words: {
      ru: 'По этому адресу нет Gemini API. Проверьте адрес в дополнительных настройках: обычно его оставляют как есть.',
      en: 'There is no Gemini API at this address. Check it in the advanced settings: usually it is left as it is.',
    },
  },
  {
    name: 'permission',
    code: 'permission',
    statuses: [403],
    words: {
      ru: 'Ключ верный, но прав на этот запрос у него нет. Проверьте проект ключа в aistudio.google.com.',
      en: 'The key is right but may not do this. Check the project of the key at aistudio.google.com.',
    },
  },
  {
    name: 'timeout',
    code: 'timeout',
    statuses: [408, 504],
    words: {
      ru: 'Google не успел ответить вовремя. Попробуйте ещё раз или сократите вопрос.',
      en: 'Google did not manage to answer in time. Try again, or shorten the question.',
    },
  },
  {
    name: 'overloaded',
    code: 'overloaded',
    statuses: [503],
    words: {
      ru: 'Модель Google сейчас перегружена. Попробуйте через минуту или выберите другую.',
      en: 'The model of Google is overloaded. Try again in a minute, or choose another one.',
    },
  },
  {
    name: 'broken',
    code: 'overloaded',
    statuses: [500, 502],
    words: {
      ru: 'У Google неполадки. Попробуйте ещё раз через минуту.',
      en: 'Google has trouble. Try again in a minute.',
    },
  },
];
