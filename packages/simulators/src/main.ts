import { parseArgs } from 'node:util';
import type { ConformanceSimulator } from './conformance.ts';
import { keyOf } from './gigachat/accounts.ts';
import {
  exampleAnthropicKey,
  exampleApiKey,
  exampleFolderId,
  exampleGigaChatAccounts,
  exampleGoogleKey,
  exampleIamToken,
  exampleOpenAiKey,
  type GigaChatScope,
  isOpenAiDialect,
  openAiDialects,
  simulatedClientCertificatePath,
  simulatedRootPath,
  startAnthropicSimulator,
  startGigaChatSimulator,
  startGoogleSimulator,
  startOpenAiSimulator,
  startYandexGptSimulator,
} from './index.ts';

const usage = `usage: node packages/simulators/src/main.ts <vendor> [options]

  yandexgpt [--port 4010] [--host 127.0.0.1] [--delay 30] [--concurrency 10]
  gigachat  [--port 4011] [--host 127.0.0.1] [--delay 30] [--concurrency 1]
            [--scope pers|b2b|corp]   whose key is printed; a person has one answer at a time, a company ten
            [--tls]                   a chain that no system trusts
            [--mtls]                  as --tls, and only for clients with a certificate
            [--buffered]              over HTTP/1.1 a stream is passed on when it has ended
            [--token-life 1800]       seconds
  openai    [--port 4012] [--host 127.0.0.1] [--delay 30]
            [--dialect openai]        whose habits: ${Object.keys(openAiDialects).join(', ')}
  anthropic [--port 4013] [--host 127.0.0.1] [--delay 30]
  google    [--port 4014] [--host 127.0.0.1] [--delay 30]
`;

interface Started {
  readonly simulator: ConformanceSimulator;
  readonly message: string;
}

function readOptions() {
  return parseArgs({
    allowPositionals: true,
    options: {
      port: { type: 'string' },
      delay: { type: 'string', default: '30' },
      host: { type: 'string', default: '127.0.0.1' },
      concurrency: { type: 'string' },
      scope: { type: 'string', default: 'pers' },
      tls: { type: 'boolean', default: false },
      mtls: { type: 'boolean', default: false },
      buffered: { type: 'boolean', default: false },
      'token-life': { type: 'string', default: '1800' },
      dialect: { type: 'string', default: 'openai' },
    },
  });
}

type Options = ReturnType<typeof readOptions>['values'];

function fail(problem: string): never {
  process.stderr.write(`${problem}\n\n${usage}`);
  process.exit(2);
}

/** A number of at least `least`; the name of the option stands in the complaint. */
function numberOf(name: string, text: string, least: number): number {
  const number = Number(text);
  return text !== '' && Number.isFinite(number) && number >= least
    ? number
    : fail(`--${name} must be a number of at least ${String(least)}`);
}

function common({ port, delay, host }: Options, usualPort: string) {
  return { port: numberOf('port', port ?? usualPort, 0), pieceDelayMs: numberOf('delay', delay, 0), host };
}

async function startYandexGpt(options: Options): Promise<Started> {
  const concurrentGenerations = numberOf('concurrency', options.concurrency ?? '10', 1);
  const simulator = await startYandexGptSimulator({ ...common(options, '4010'), concurrentGenerations });
  return {
    simulator,
    message: `YandexGPT simulator listens on ${simulator.url}

Point the chat at it:
  YC_API_KEY=${exampleApiKey} \\
  YC_FOLDER_ID=${exampleFolderId} \\
  YC_API_BASE_URL=${simulator.url} \\
  YC_OPENAI_BASE_URL=${simulator.url}/v1 \\
  MMC_ALLOW_PRIVATE_URLS=true \\
  npm start

Accepted: API key ${exampleApiKey}
          IAM token ${exampleIamToken}
          folder    ${exampleFolderId}
`,
  };
}

const scopes: Readonly<Record<string, GigaChatScope>> = { pers: 'GIGACHAT_API_PERS', b2b: 'GIGACHAT_API_B2B', corp: 'GIGACHAT_API_CORP' };

async function startGigaChat(options: Options): Promise<Started> {
  const scope = scopes[options.scope] ?? fail(`--scope must be one of ${Object.keys(scopes).join(', ')}`);
  const concurrency = options.concurrency === undefined ? undefined : numberOf('concurrency', options.concurrency, 1);
  const accounts = exampleGigaChatAccounts.map((account) => ({ ...account, concurrency }));
  const tls = options.mtls ? ({ clientCertificate: 'required' } as const) : {};
  const simulator = await startGigaChatSimulator({
    ...common(options, '4011'),
    accounts,
    tokenLifetimeMs: numberOf('token-life', options['token-life'], 1) * 1000,
    quirks: { holdsHttp1: options.buffered },
    ...(options.tls || options.mtls ? { tls } : {}),
  });
  const key = accounts.filter((account) => account.scope === scope).map(keyOf)[0] ?? '';
  const root = options.tls || options.mtls ? `  GIGACHAT_CA_BUNDLE_FILE=${simulatedRootPath} \\\n` : '';
  const certificate = options.mtls ? `          certificate and key ${simulatedClientCertificatePath}\n` : '';
  return {
    simulator,
    message: `GigaChat simulator listens on ${simulator.url}

Point the chat at it:
  GIGACHAT_CREDENTIALS=${key} \\
  GIGACHAT_SCOPE=${scope} \\
  GIGACHAT_AUTH_URL=${simulator.oauthUrl} \\
  GIGACHAT_BASE_URL=${simulator.baseUrl} \\
${root}  MMC_ALLOW_PRIVATE_URLS=true \\
  npm start

Accepted: key ${key} (${scope})
          name and password user:password, at ${simulator.baseUrl}/token
${certificate}The former host is ${simulator.legacyBaseUrl}
`,
  };
}

async function startOpenAi(options: Options): Promise<Started> {
  const { dialect } = options;
  if (!isOpenAiDialect(dialect)) return fail(`--dialect must be one of ${Object.keys(openAiDialects).join(', ')}`);
  const simulator = await startOpenAiSimulator({ ...common(options, '4012'), dialect });
  return {
    simulator,
    message: `OpenAI simulator (dialect ${dialect}) listens on ${simulator.url}

Point the chat at it:
  OPENAI_API_KEY=${exampleOpenAiKey} \\
  OPENAI_BASE_URL=${simulator.baseUrl} \\
  MMC_ALLOW_PRIVATE_URLS=true \\
  npm start

Accepted: key ${exampleOpenAiKey}
`,
  };
}

async function startAnthropic(options: Options): Promise<Started> {
  const simulator = await startAnthropicSimulator(common(options, '4013'));
  return {
    simulator,
    message: `Anthropic simulator listens on ${simulator.url}

Point the chat at it:
  ANTHROPIC_API_KEY=${exampleAnthropicKey} \\
  ANTHROPIC_BASE_URL=${simulator.url} \\
  MMC_ALLOW_PRIVATE_URLS=true \\
  npm start

Accepted: key ${exampleAnthropicKey}
`,
  };
}

async function startGoogle(options: Options): Promise<Started> {
  const simulator = await startGoogleSimulator(common(options, '4014'));
  return {
    simulator,
    message: `Google simulator listens on ${simulator.url}

Point the chat at it:
  GOOGLE_GENERATIVE_AI_API_KEY=${exampleGoogleKey} \\
  GOOGLE_GENERATIVE_AI_BASE_URL=${simulator.url}/v1beta \\
  MMC_ALLOW_PRIVATE_URLS=true \\
  npm start

Accepted: key ${exampleGoogleKey}
`,
  };
}

const starters: Readonly<Record<string, (options: Options) => Promise<Started>>> = {
  yandexgpt: startYandexGpt,
  gigachat: startGigaChat,
  openai: startOpenAi,
  anthropic: startAnthropic,
  google: startGoogle,
};

function parse(): ReturnType<typeof readOptions> {
  try {
    return readOptions();
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

const { positionals, values } = parse();
const start = starters[positionals[0] ?? ''] ?? fail(`whose protocol? ${Object.keys(starters).join(', ')}`);
const { simulator, message } = await start(values);
process.stdout.write(`${message}
Directives in a message, for example [[long 200]], [[stall]], [[fail 429]], [[filter]]: packages/simulators/README.md
`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void simulator[Symbol.asyncDispose]().then(() => process.exit(0));
  });
}
