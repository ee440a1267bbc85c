import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { toRecord, toText } from '../host/json.ts';
import { exampleAuthorizationKey, type GigaChatScope, type GigaChatSimulator } from '../index.ts';

export interface OauthCall {
  readonly key?: string;
  readonly scope?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export function askToken(simulator: GigaChatSimulator, call: OauthCall = {}): Promise<Response> {
  const { key = exampleAuthorizationKey, scope = 'GIGACHAT_API_PERS', headers = { rquid: randomUUID() } } = call;
  return fetch(simulator.oauthUrl, {
    method: 'POST',
    headers: { authorization: `Basic ${key}`, ...headers },
    body: new URLSearchParams({ scope }),
  });
}

export async function tokenOf(simulator: GigaChatSimulator, clientId = 'id', scope: GigaChatScope = 'GIGACHAT_API_PERS'): Promise<string> {
  const response = await askToken(simulator, { key: Buffer.from(`${clientId}:secret`).toString('base64'), scope });
  return toText(toRecord(await response.json())['access_token']);
}

/** Asks one installation with one token, and takes what is sent as JSON. */
export class TestClient {
  readonly #token: string;
  readonly #baseUrl: string;

  private constructor(token: string, baseUrl: string) {
    this.#token = token;
    this.#baseUrl = baseUrl;
  }

  static async open(simulator: GigaChatSimulator, clientId?: string, scope?: GigaChatScope): Promise<TestClient> {
    return new TestClient(await tokenOf(simulator, clientId, scope), simulator.baseUrl);
  }

  /** The same token at another base. */
  at(baseUrl: string): TestClient {
    return new TestClient(this.#token, baseUrl);
  }

  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return fetch(this.#baseUrl + path, { headers: { authorization: `Bearer ${this.#token}`, ...headers } });
  }

  post(path: string, body: unknown, init: { headers?: Readonly<Record<string, string>>; signal?: AbortSignal } = {}): Promise<Response> {
    const isForm = body instanceof FormData;
    return fetch(this.#baseUrl + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.#token}`, ...(isForm ? {} : { 'content-type': 'application/json' }), ...init.headers },
      body: isForm || typeof body === 'string' ? body : JSON.stringify(body),
      ...(init.signal === undefined ? {} : { signal: init.signal }),
    });
  }

  chat(
    text: string,
    more: object = {},
    init: { headers?: Readonly<Record<string, string>>; signal?: AbortSignal } = {},
  ): Promise<Response> {
    return this.post('/chat/completions', { model: 'GigaChat-2', messages: [{ role: 'user', content: text }], ...more }, init);
  }
}

interface Message {
  readonly content: string;
  readonly role?: string;
  readonly name?: string;
  readonly reasoning_content?: string;
  readonly function_call?: { readonly name: string; readonly arguments: unknown };
  readonly functions_state_id?: string;
}

/** A whole answer of v1, or one chunk of it. */
export interface V1Answer {
  readonly choices: readonly [{ readonly message: Message; readonly delta: Message; readonly finish_reason?: string }];
  readonly usage: { readonly prompt_tokens: number; readonly completion_tokens: number; readonly total_tokens: number } & {
    readonly precached_prompt_tokens: number;
  };
}

function parsed(text: string): V1Answer {
  // oxlint-disable-next-line typescript/consistent-type-assertions -- a test fails on its own when the shape is another
  return JSON.parse(text) as V1Answer;
}

export async function answerOf(response: Response): Promise<V1Answer> {
  return parsed(await response.text());
}

/** The data of a v1 stream, without its end mark. */
export async function chunksOf(response: Response): Promise<readonly V1Answer[]> {
  const frames = (await response.text()).split(/\r?\n\r?\n/u).filter((frame) => frame !== '' && frame !== 'data: [DONE]');
  return frames.map((frame) => parsed(frame.replace(/^data: /u, '')));
}

/** What a person would read: progress of the vendor's own functions is no part of it. */
export function said(chunks: readonly V1Answer[]): string {
  const deltas = chunks.map(({ choices: [{ delta }] }) => delta);
  return deltas.map(({ role, content }) => (role === 'function_in_progress' ? '' : (content ?? ''))).join('');
}

export interface RawAnswer {
  readonly status: number;
  readonly parts: readonly Buffer[];
}

/** A request with no header but these, its answer in the parts in which it came. */
export function rawPost(url: string, body: unknown, headers: Readonly<Record<string, string>>): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, parts }));
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(JSON.stringify(body));
  });
}

export async function refusal(response: Response): Promise<readonly [number, unknown]> {
  return [response.status, await response.json()];
}
