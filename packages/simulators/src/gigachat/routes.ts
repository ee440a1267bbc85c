import type { Exchange } from '../host/simulator-host.ts';
import { checkAuthor, countTexts, describeModel, embed, listModels, sendBalance, validateFunction } from './account-routes.ts';
import { chatCompletions, v1, v2 } from './chat-routes.ts';
import { Refusal, refusalOf } from './errors.ts';
import { deleteFile, describeFile, downloadFile, listFiles, uploadFile } from './file-routes.ts';
import type { Site } from './models.ts';
import { exchangeKey, exchangePassword } from './oauth-routes.ts';
import { authenticate, type Call, type GigaChatService } from './service.ts';

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

type Handler = (call: Call, id: string) => void | Promise<void>;

/** `:id` stands for one segment. */
const handlers: Readonly<Record<string, Handler>> = {
  'POST v1/chat/completions': (call) => chatCompletions(call, v1),
  'POST v2/chat/completions': (call) => chatCompletions(call, v2),
  'GET v1/models': listModels,
  'GET v1/models/:id': describeModel,
  'POST v1/embeddings': embed,
  'POST v1/tokens/count': countTexts,
  'GET v1/balance': sendBalance,
  'POST v1/functions/validate': validateFunction,
  'POST v1/ai/check': checkAuthor,
  'POST v1/files': uploadFile,
  'GET v1/files': listFiles,
  'GET v1/files/:id': describeFile,
  'GET v1/files/:id/content': downloadFile,
  'POST v1/files/:id/delete': deleteFile,
};

async function route(call: Call, what: string): Promise<void> {
  // Files exist under the first version only.
  if (/ v2\/files/u.test(what)) throw refusalOf(403);
  const [, before = '', id = '', after = ''] = /^(\w+ v1\/(?:models|files)\/)([^/]+)(\/\w+)?$/u.exec(what) ?? [];
  const handler = handlers[id === '' ? what : `${before}:id${after}`];
  if (handler === undefined) throw new Refusal(404, 'Not Found');
  await handler(call, decodeURIComponent(id));
}
