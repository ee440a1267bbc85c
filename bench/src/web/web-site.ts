import { join } from 'node:path';
import { type Client, createClient } from '@multimodel/client';
import { exampleFolderId, startYandexGptSimulator } from '@multimodel/simulators';
import { makeTemporaryFolder } from '../process/temporary-folder.ts';
import { benchApiKeys, startServer } from '../subject/server-process.ts';
import { type SeededChat, seedChats } from './seed-chats.ts';

/** Of the models that are served by deltas: the native API repeats the whole text with every piece. */
const modelName = 'bench-1/gpt-oss-120b';

/** Our server with its page, and a vendor that says what it is told. */
export interface WebSite extends AsyncDisposable {
  readonly url: string;
  readonly client: Client;
  readonly model: string;
  seed(chats: readonly SeededChat[]): void;
  /** What every further question is answered with. */
  answer(pieces: readonly string[]): void;
}

export interface WebSiteOptions {
  /** Between the pieces of an answer. */
  readonly gapMs: number;
  /** A page that was built elsewhere. */
  readonly publicDir?: string | undefined;
}

export async function startWebSite({ gapMs, publicDir }: WebSiteOptions): Promise<WebSite> {
  await using undo = new AsyncDisposableStack();
  const simulator = undo.use(await startYandexGptSimulator({ pieceDelayMs: gapMs, concurrentGenerations: 10 }));
  for (const key of benchApiKeys) simulator.addApiKey(key, { folderId: exampleFolderId });
  const folder = undo.use(await makeTemporaryFolder('web'));
  const environment = { LOG_LEVEL: 'warn', ...(publicDir !== undefined && { MMC_PUBLIC_DIR: publicDir }) };
  const server = undo.use(await startServer({ vendorUrl: simulator.url, folder: folder.path, environment }));
  const owned = undo.move();
  return {
    url: server.url,
    client: createClient({ baseUrl: server.url }),
    model: modelName,
    seed: (chats) => seedChats(join(folder.path, 'data', 'multimodel.db'), chats),
    answer: (pieces) => simulator.play({ kind: 'answer', pieces }),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
