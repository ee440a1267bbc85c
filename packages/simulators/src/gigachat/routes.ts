import type { Exchange } from '../host/simulator-host.ts';
import { chatCompletions, v1 } from './chat-routes.ts';
import { Refusal, refusalOf } from './errors.ts';
import { listed, modelsOf, type Site } from './models.ts';
import { exchangeKey, exchangePassword } from './oauth-routes.ts';
import { authenticate, type Call, type GigaChatService, sendJson } from './service.ts';

interface Target {
  readonly site: Site;
  readonly version: string;
  readonly path: string;
}

/** The folder `/legacy` stands for the other host; that one has the base `/api/v1` only, this one has two spellings. */
function targetOf(path: string): Target | undefined {
  const [, folder, api, version = '', rest = ''] = /^(\/legacy)?(\/api)?\/v([12])(\/.+)$/u.exec(path) ?? [];
  if (version === '' || (folder !== undefined && api === undefined)) return undefined;
  return { site: folder === undefined ? 'api.giga.chat' : 'gigachat.devices.sberbank.ru', version, path: rest };
}

export async function dispatch(exchange: Exchange, service: GigaChatService): Promise<void> {
  const { method, path } = exchange;
  if (path === '/api/v2/oauth') return exchangeKey(exchange, service);
  const target = targetOf(path);
  if (target === undefined) throw new Refusal(404, 'Not Found');
  if (`${method} ${target.path}` === 'POST /token') return exchangePassword(exchange, service);
  const { site } = target;
  const call: Call = { exchange, service, site, member: authenticate(exchange, service, site) };
  return route(call, `${method} v${target.version}${target.path}`);
}

async function route(call: Call, what: string): Promise<void> {
  switch (what) {
    case 'POST v1/chat/completions':
      return chatCompletions(call, v1);
    case 'GET v1/models':
      return sendJson(call.exchange, { object: 'list', data: modelsOf(call.service.models, call.site).map(listed) });
    default:
      return sendOne(call, what);
  }
}

function sendOne(call: Call, what: string): void {
  const modelId = /^GET v1\/models\/(.+)$/u.exec(what)?.[1];
  if (modelId === undefined) throw new Refusal(404, 'Not Found');
  const model = modelsOf(call.service.models, call.site).find(({ id }) => id === decodeURIComponent(modelId));
  if (model === undefined) throw refusalOf(404);
  sendJson(call.exchange, listed(model));
}
