import type { FaultRow } from '../shared/fault-table.ts';

/** Read from the top: sentences first, since the vendor's types say little. Texts as its API and its users' reports quote them. */
export const anthropicFaults: readonly FaultRow[] = [
  {
    name: 'no_credit',
    code: 'quota_exhausted',
    pattern: /credit balance is too low/iu,
    words: {
      ru: 'На счету Anthropic кончились деньги. Пополните его: console.anthropic.com, раздел Billing.',
      en: 'The Anthropic account has run out of credit. Top it up at console.anthropic.com, section Billing.',
    },
  },
  {
    name: 'spend_limit',
    code: 'quota_exhausted',
    pattern: /usage limits?\.? .*regain access on (\S+)|specified API usage limits/iu,
    words: {
      ru: 'Достигнут предел расходов, заданный в консоли Anthropic. Поднимите его в разделе Limits или дождитесь, пока он обновится.',
      en: 'The spending limit set in the Anthropic console is reached. Raise it in the section Limits, or wait until it renews.',
    },
  },
  {
    name: 'unpaid',
    code: 'quota_exhausted',
    statuses: [402],
    words: {
      ru: 'Anthropic не может списать оплату. Проверьте способ оплаты: console.anthropic.com, раздел Billing.',
      en: 'Anthropic cannot bill the account. Check the payment method at console.anthropic.com, section Billing.',
    },
  },
  {
    name: 'account_off',
    code: 'permission',
    pattern: /organization has been disabled|organization is on hold/iu,
    words: {
      ru: 'Anthropic отключила эту организацию. Ответит только её поддержка: support.anthropic.com.',
      en: 'Anthropic has disabled this organization. Only its support can help: support.anthropic.com.',
    },
  },
  {
    name: 'too_long',
    code: 'context_too_long',
    pattern: /prompt is too long: (\d+) tokens > (\d+) maximum/iu,
    facts: ([, got, limit]) => ({ got: Number(got), limit: Number(limit) }),
    words: {
      ru: 'Разговор длиннее, чем вмещает модель ({limit} токенов). Начните новый чат или выберите модель с окном побольше.',
      en: 'The conversation is longer than the {limit} tokens of this model. Begin a new chat or choose a model with a larger window.',
    },
  },
  {
    name: 'answer_too_long',
    code: 'context_too_long',
    pattern: /input length and `?max_tokens`? exceed context limit: (\d+) \+ (\d+) > (\d+)/iu,
    facts: ([, got, answer, limit]) => ({ got: Number(got), answer: Number(answer), limit: Number(limit) }),
    words: {
      ru: 'Разговор и ответ вместе не помещаются в {limit} токенов модели. Уменьшите наибольшую длину ответа или начните новый чат.',
      en: 'Conversation and answer together do not fit into the {limit} tokens of the model. Lower the longest answer, or begin a new chat.',
    },
  },
  {
    name: 'too_large',
    code: 'context_too_long',
    statuses: [413],
    words: {
      ru: 'Запрос больше 32 МБ — столько Anthropic не принимает. Уберите часть вложений.',
      en: 'The request is larger than the 32 MB that Anthropic takes. Leave out some attachments.',
    },
  },
  {
    name: 'filtered',
    code: 'content_filtered',
    pattern: /blocked by content filtering policy/iu,
    words: {
      ru: 'Фильтр Anthropic не пропустил ответ. Сформулируйте вопрос иначе.',
      en: 'The filter of Anthropic held the answer back. Ask in other words.',
    },
  },
  {
    name: 'region',
    code: 'permission',
    statuses: [403],
    types: ['forbidden'],
    words: {
      ru: 'Anthropic не отвечает на запросы из этой страны. Поможет сервер в другой стране или посредник, адрес которого можно указать в настройках.',
      en: 'Anthropic does not serve requests from this country. A server elsewhere helps, or a gateway whose address goes into the settings.',
    },
  },
  {
    name: 'key',
    code: 'auth',
    statuses: [401],
    words: {
      ru: 'Anthropic не принимает ключ: он неверный, отозван или скопирован не целиком. Создайте новый: console.anthropic.com, раздел API Keys.',
      en: 'Anthropic refused the key: it is wrong, revoked or not copied whole. Make a new one at console.anthropic.com, section API Keys.',
    },
  },
  {
    name: 'permission',
    code: 'permission',
    statuses: [403],
    words: {
      ru: 'Ключ верный, но прав не хватает. Проверьте в консоли Anthropic, к какому рабочему пространству он относится и открыта ли там эта модель.',
      en: 'The key is right but lacks rights. Check in the Anthropic console which workspace it belongs to and whether the model is open there.',
    },
  },
  {
    name: 'no_model',
    code: 'model_not_found',
    statuses: [404],
    types: ['not_found_error'],
    pattern: /^model: ?(\S+)/iu,
    facts: ([, model]) => ({ model }),
    words: {
      ru: 'У Anthropic нет модели {model}, или её уже сняли. Выберите другую из списка.',
      en: 'Anthropic has no model {model}, or it was retired. Choose another one from the list.',
    },
  },
  {
    name: 'no_api',
    code: 'invalid_request',
    statuses: [404, 405],
    mayFailOver: true,
    words: {
      ru: 'По этому адресу нет API Anthropic. Проверьте адрес в дополнительных настройках: обычно это https://api.anthropic.com.',
      en: 'There is no Anthropic API at this address. Check it in the advanced settings: usually it is https://api.anthropic.com.',
    },
  },
  {
    name: 'rate',
    code: 'rate_limited',
    statuses: [429],
    words: {
      ru: 'Anthropic просит подождать: запросов или токенов в минуту больше, чем позволяет ваш уровень. Попробуйте чуть позже.',
      en: 'Anthropic asks to wait: more requests or tokens per minute than your tier allows. Try again in a little while.',
    },
  },
  {
    name: 'timeout',
    code: 'timeout',
    statuses: [408, 504],
    words: {
      ru: 'Anthropic не успела ответить вовремя. Попробуйте ещё раз или попросите ответ покороче.',
      en: 'Anthropic did not manage to answer in time. Try again, or ask for a shorter answer.',
    },
  },
  {
    name: 'overloaded',
    code: 'overloaded',
    statuses: [529],
    words: {
      ru: 'Серверы Anthropic сейчас перегружены. Попробуйте через минуту или выберите другую модель.',
      en: 'The servers of Anthropic are overloaded. Try again in a minute, or choose another model.',
    },
  },
  {
    name: 'broken',
    code: 'overloaded',
    statuses: [500, 502, 503],
    words: {
      ru: 'У Anthropic неполадки. Попробуйте позже; что происходит, видно на status.anthropic.com.',
      en: 'Anthropic has trouble. Try again later; status.anthropic.com tells what is going on.',
    },
  },
];
