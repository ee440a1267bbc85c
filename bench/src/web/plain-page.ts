import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'vite';
import { inChunks, longAnswer } from './long-answer.ts';

export interface PlainPage extends AsyncDisposable {
  readonly url: string;
}

const types: Readonly<Record<string, string>> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript' };

/** Builds the comparison and serves it, with the same answers at the same pace as the vendor of the other page. */
export async function startPlainPage(gapMs: number): Promise<PlainPage> {
  const outDir = join(import.meta.dirname, '../../../.cache/bench-plain');
  await build({
    configFile: false,
    root: join(import.meta.dirname, 'plain'),
    logLevel: 'error',
    mode: 'production',
    build: { outDir, emptyOutDir: true },
  });
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const done =
      pathname === '/answer' ? writeAnswer(response, Number(searchParams.get('length')), gapMs) : writeFile(response, outDir, pathname);
    done.catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
  };
  return { url, [Symbol.asyncDispose]: close };
}

async function writeFile(response: ServerResponse, folder: string, path: string): Promise<void> {
  const name = path === '/' ? '/index.html' : path;
  const type = types[extname(name)];
  if (type === undefined) response.writeHead(404).end();
  else response.setHeader('content-type', type).end(await readFile(join(folder, name)));
}

async function writeAnswer(response: ServerResponse, length: number, gapMs: number): Promise<void> {
  response.setHeader('content-type', 'text/plain; charset=utf-8');
  for (const chunk of inChunks(longAnswer(length))) {
    response.write(chunk);
    if (gapMs > 0) await sleep(gapMs);
  }
  response.end();
}
