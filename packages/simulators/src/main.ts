import { parseArgs } from 'node:util';
import { exampleApiKey, exampleFolderId, exampleIamToken, startYandexGptSimulator } from './index.ts';

const usage = 'usage: node packages/simulators/src/main.ts yandexgpt [--port 4010] [--delay 30] [--concurrency 10]';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    port: { type: 'string', default: '4010' },
    delay: { type: 'string', default: '30' },
    host: { type: 'string', default: '127.0.0.1' },
    concurrency: { type: 'string', default: '10' },
  },
});

const port = Number(values.port);
const pieceDelayMs = Number(values.delay);
const concurrentGenerations = Number(values.concurrency);
if (positionals[0] !== 'yandexgpt' || !Number.isInteger(port) || !Number.isFinite(pieceDelayMs) || !(concurrentGenerations > 0)) {
  process.stderr.write(`${usage}\n`);
  process.exit(2);
}

const simulator = await startYandexGptSimulator({ port, pieceDelayMs, concurrentGenerations, host: values.host });
process.stdout.write(`YandexGPT simulator listens on ${simulator.url}

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

Directives in a message, for example [[long 200]], [[stall]], [[fail 429]], [[filter]]: packages/simulators/README.md
`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void simulator[Symbol.asyncDispose]().then(() => process.exit(0));
  });
}
