import type { ProviderErrorCode } from '@multimodel/core';
import { createProviderError, type ErrorAnswer } from '@multimodel/provider-sdk';
import { expect, test } from 'vitest';
import { type FaultName, faultTexts } from './fault-texts.ts';
import { explain, retellTransportFault, toGigaChatError } from './to-gigachat-error.ts';

interface Case {
  readonly from: 'key' | 'password' | 'api';
  readonly status: number;
  readonly body: string;
  readonly code: ProviderErrorCode;
  readonly fault: FaultName;
  /** Words that the sentences must have: what is wrong, and what to do. */
  readonly ru: RegExp;
  readonly en: RegExp;
  readonly isRetryable?: boolean;
  readonly mayFailOver?: boolean;
}

const oauth = (code: number, message: string): string => JSON.stringify({ code, message });
const api = (status: number, message: string): string => JSON.stringify({ status, message });
const page = '<html><body><center><h1>502 Bad Gateway</h1></center><hr><center>SynGX</center></body></html>';
const later = { isRetryable: true } as const;

const cases: readonly Case[] = [
  {
    from: 'key',
    status: 400,
    body: oauth(1, 'scope data format invalid'),
    code: 'auth',
    fault: 'scopeUnknown',
    ru: /выберите.*PERS/u,
    en: /choose PERS/u,
  },
  {
    from: 'key',
    status: 400,
    body: oauth(4, "Can't decode 'Authorization' header"),
    code: 'auth',
    fault: 'keyUnreadable',
    ru: /скопируйте/u,
    en: /copy/u,
  },
  {
    from: 'key',
    status: 401,
    body: oauth(4, "Can't decode 'Authorization' header"),
    code: 'auth',
    fault: 'keyUnreadable',
    ru: /скопируйте/u,
    en: /copy/u,
  },
  { from: 'key', status: 400, body: oauth(5, 'scope is empty'), code: 'auth', fault: 'scopeMissing', ru: /укажите/u, en: /set PERS/u },
  {
    from: 'key',
    status: 401,
    body: oauth(6, "credentials doesn't match db data"),
    code: 'auth',
    fault: 'keyWrong',
    ru: /создайте.*новый/u,
    en: /make a new one/u,
  },
  {
    from: 'key',
    status: 400,
    body: oauth(7, 'scope from db not fully includes consumed scope'),
    code: 'auth',
    fault: 'scopeOther',
    ru: /другой версии API/u,
    en: /another scope/u,
  },
  {
    from: 'key',
    status: 400,
    body: '{"message":"RqUID"}',
    code: 'invalid_request',
    fault: 'requestIdRefused',
    ru: /RqUID/u,
    en: /RqUID/u,
    mayFailOver: true,
  },
  { from: 'key', status: 429, body: '', code: 'rate_limited', fault: 'tooManyTokens', ru: /через минуту/u, en: /in a minute/u, ...later },
  { from: 'key', status: 502, body: page, code: 'overloaded', fault: 'tokenServiceDown', ru: /позже/u, en: /later/u, ...later },
  {
    from: 'key',
    status: 404,
    body: '404 page not found',
    code: 'invalid_request',
    fault: 'tokenAddress',
    ru: /обычный адрес/u,
    en: /usual address/u,
    mayFailOver: true,
  },
  { from: 'password', status: 401, body: api(401, 'Unauthorized'), code: 'auth', fault: 'passwordWrong', ru: /пароль/u, en: /password/u },
  { from: 'api', status: 401, body: api(401, 'Token has expired'), code: 'auth', fault: 'tokenExpired', ru: /истёк/u, en: /expired/u },
  {
    from: 'api',
    status: 401,
    body: api(401, 'Unauthorized'),
    code: 'auth',
    fault: 'tokenRefused',
    ru: /не принял токен/u,
    en: /refused the token/u,
  },
  { from: 'api', status: 402, body: api(402, 'Payment Required'), code: 'quota_exhausted', fault: 'unpaid', ru: /докупите/u, en: /buy/u },
  {
    from: 'api',
    status: 403,
    body: '{"message":"Unauthorized"}',
    code: 'permission',
    fault: 'headersRemoved',
    ru: /User-Agent/u,
    en: /User-Agent/u,
  },
  {
    from: 'api',
    status: 403,
    body: api(403, 'Permission denied'),
    code: 'permission',
    fault: 'forbidden',
    ru: /Договору/u,
    en: /contract/u,
  },
  {
    from: 'api',
    status: 404,
    body: api(404, 'No such model'),
    code: 'model_not_found',
    fault: 'noModel',
    ru: /другую из списка/u,
    en: /another one from the list/u,
  },
  {
    from: 'api',
    status: 404,
    body: api(404, 'Function schema for x not found'),
    code: 'invalid_request',
    fault: 'noTool',
    ru: /рисование/u,
    en: /drawing/u,
  },
  {
    from: 'api',
    status: 404,
    body: api(404, 'Unknown tool web_search'),
    code: 'invalid_request',
    fault: 'noTool',
    ru: /рисование/u,
    en: /drawing/u,
  },
  {
    from: 'api',
    status: 404,
    body: api(404, 'File 1 not found'),
    code: 'invalid_request',
    fault: 'noFile',
    ru: /приложите/u,
    en: /attach/u,
  },
  {
    from: 'api',
    status: 404,
    body: '404 page not found',
    code: 'invalid_request',
    fault: 'wrongAddress',
    ru: /api\.giga\.chat/u,
    en: /api\.giga\.chat/u,
    mayFailOver: true,
  },
  {
    from: 'api',
    status: 413,
    body: api(413, 'Payload too large'),
    code: 'context_too_long',
    fault: 'tooLarge',
    ru: /уменьшите/u,
    en: /smaller/u,
  },
  {
    from: 'api',
    status: 422,
    body: api(422, 'CONTEXT_TOO_LONG: context too long 301216, maximum allowed context is 261120'),
    code: 'context_too_long',
    fault: 'contextTooLong',
    ru: /261120 токенов.*новый чат/u,
    en: /261120 tokens.*new chat/u,
  },
  {
    from: 'api',
    status: 422,
    body: api(422, 'Invalid params: system message must be the first message'),
    code: 'invalid_request',
    fault: 'systemPlace',
    ru: /первым/u,
    en: /first/u,
  },
  {
    from: 'api',
    status: 422,
    body: api(422, 'Invalid params: every assistant function call must have a result in history'),
    code: 'invalid_request',
    fault: 'callWithoutResult',
    ru: /новый чат/u,
    en: /new chat/u,
  },
  {
    from: 'api',
    status: 422,
    body: api(422, 'INVALID_PARAMS: invalid function result for function f json string x'),
    code: 'invalid_request',
    fault: 'resultNotJson',
    ru: /инструмент/u,
    en: /tool/u,
  },
  {
    from: 'api',
    status: 422,
    body: api(422, 'Requested model does not support functions'),
    code: 'invalid_request',
    fault: 'noFunctions',
    ru: /выберите/u,
    en: /choose/u,
  },
  {
    from: 'api',
    status: 422,
    body: api(422, "Field 'properties.data.properties' is missing"),
    code: 'invalid_request',
    fault: 'badFunction',
    ru: /схему/u,
    en: /schema/u,
  },
  {
    from: 'api',
    status: 422,
    body: api(422, 'Invalid params: Invalid function names. Only Latin letters: [погода]'),
    code: 'invalid_request',
    fault: 'badFunction',
    ru: /схему/u,
    en: /schema/u,
  },
  {
    from: 'api',
    status: 422,
    body: api(422, 'Tool code_interpreter is unavailable'),
    code: 'invalid_request',
    fault: 'noTool',
    ru: /рисование/u,
    en: /drawing/u,
  },
  {
    from: 'api',
    status: 422,
    body: api(422, 'Invalid params: repetition_penalty must be in range (0, +inf)'),
    code: 'invalid_request',
    fault: 'parameterRefused',
    ru: /параметров/u,
    en: /parameters/u,
  },
  {
    from: 'api',
    status: 400,
    body: api(400, 'Your request contains invalid JSON syntax.'),
    code: 'invalid_request',
    fault: 'requestRefused',
    ru: /v1/u,
    en: /v1/u,
  },
  {
    from: 'api',
    status: 429,
    body: api(429, 'Too many requests'),
    code: 'rate_limited',
    fault: 'tooMany',
    ru: /один за раз/u,
    en: /one at a time/u,
    ...later,
  },
  {
    from: 'api',
    status: 500,
    body: api(500, 'Internal Server Error'),
    code: 'overloaded',
    fault: 'down',
    ru: /позже/u,
    en: /later/u,
    ...later,
  },
  { from: 'api', status: 502, body: page, code: 'overloaded', fault: 'down', ru: /позже/u, en: /later/u, ...later },
  { from: 'api', status: 504, body: page, code: 'timeout', fault: 'down', ru: /позже/u, en: /later/u, ...later },
];

const answerOf = ({ status, body }: { status: number; body: string }): ErrorAnswer => ({ providerId: 'giga', status, headers: {}, body });

test.each(cases)('$from $status $body is $code: $fault', ({ from, status, body, ...expected }) => {
  const error = toGigaChatError(answerOf({ status, body }), from);
  expect(error).toMatchObject({
    code: expected.code,
    details: { fault: expected.fault, status },
    isRetryable: expected.isRetryable ?? false,
  });
  if (expected.mayFailOver !== undefined) expect(error.mayFailOver).toBe(expected.mayFailOver);
  expect(error.message).toMatch(expected.en);
  expect(`${error.message} ${JSON.stringify(error.details)}`).not.toMatch(/<\/?[a-z]/u);
  const words = explain(error);
  expect([words?.ru, words?.en]).toEqual([expect.stringMatching(expected.ru), expect.stringMatching(expected.en)]);
});

interface WayCase {
  readonly code: 'tls' | 'network' | 'timeout';
  readonly details: Readonly<Record<string, string>>;
  readonly hasRussianRoot?: boolean;
  readonly fault: FaultName;
  readonly ru: RegExp;
  readonly en: RegExp;
}

const vendor = 'ngw.devices.sberbank.ru:9443';

const wayCases: readonly WayCase[] = [
  {
    code: 'tls',
    details: { reason: 'unknown_authority', host: 'api.giga.chat' },
    fault: 'rootMissing',
    ru: /mmc trust gigachat/u,
    en: /mmc trust gigachat/u,
  },
  {
    code: 'tls',
    details: { reason: 'unknown_authority', host: vendor },
    fault: 'rootMissing',
    ru: /корневой сертификат/u,
    en: /download its root/u,
  },
  {
    code: 'tls',
    details: { reason: 'unknown_authority', host: 'api.giga.chat' },
    hasRussianRoot: true,
    fault: 'rootUntrusted',
    ru: /Свои корневые/u,
    en: /of your own/u,
  },
  {
    code: 'tls',
    details: { reason: 'unknown_authority', host: 'giga.bank.local' },
    fault: 'rootUntrusted',
    ru: /giga\.bank\.local/u,
    en: /giga\.bank\.local/u,
  },
  { code: 'tls', details: { reason: 'self_signed', host: 'giga.bank.local' }, fault: 'selfSigned', ru: /им самим/u, en: /by itself/u },
  {
    code: 'tls',
    details: { reason: 'handshake', host: 'giga.bank.local' },
    fault: 'certificateWanted',
    ru: /сертификат клиента/u,
    en: /client certificate/u,
  },
  {
    code: 'network',
    details: { reason: 'dns', host: vendor, phase: 'connect' },
    fault: 'nameUnknown',
    ru: /не найдено/u,
    en: /not found/u,
  },
  { code: 'timeout', details: { host: vendor, phase: 'connect' }, fault: 'portClosed', ru: /9443/u, en: /9443/u },
  {
    code: 'network',
    details: { reason: 'refused', host: vendor, phase: 'connect' },
    fault: 'portClosed',
    ru: /межсетевой экран/u,
    en: /firewall/u,
  },
];

test.each(wayCases)('$code $details is $fault', ({ code, details, hasRussianRoot = false, fault, ru, en }) => {
  const told = retellTransportFault(createProviderError(code, 'No way', { providerId: 'giga', details }), hasRussianRoot);
  expect(told).toMatchObject({ code, providerId: 'giga', message: expect.stringMatching(en), details: { ...details, fault } });
  const words = explain(createProviderError(code, '', { providerId: 'giga', details: { ...details, fault } }));
  expect([words?.ru, words?.en]).toEqual([expect.stringMatching(ru), expect.stringMatching(en)]);
});

test('a fault of the way that has nothing to do with GigaChat stays as it is', () => {
  const cut = createProviderError('network', 'Cut', { providerId: 'giga', details: { reason: 'reset', phase: 'stream', host: vendor } });
  expect(retellTransportFault(cut, false)).toBe(cut);
});

test('every sentence is one sentence, in both languages', () => {
  for (const [name, { ru, en }] of Object.entries(faultTexts)) {
    expect([name, ru]).toEqual([name, expect.stringMatching(/^[А-ЯA-ZЁ].*[а-яё].*\.$/u)]);
    expect([name, en]).toEqual([name, expect.stringMatching(/^[A-Z{].*\.$/u)]);
    expect(en).not.toMatch(/[а-яё]/iu);
  }
});
