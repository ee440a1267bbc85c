import { existsSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { diagramFrameHeaders } from '../http/diagram-frame-headers.ts';
import type { Api } from '../rest/api.ts';

const immutable = 'public, max-age=31536000, immutable';
const revalidate = 'no-cache';
/** The bundler writes a hash of the content into these names. */
const hashedAsset = /[/\\]assets[/\\]/;

/** Serves the built page, or says how to build it. */
export async function webApp(api: Api, publicDir: string): Promise<void> {
  if (!existsSync(join(publicDir, 'index.html'))) {
    api.get('/', { config: { isQuiet: true } }, (_request, reply) => sendMissingPage(reply));
    return;
  }
  const diagramFolder = resolve(publicDir, 'diagram') + sep;
  const { fastifyStatic } = await import('@fastify/static');
  await api.register(fastifyStatic, {
    root: publicDir,
    preCompressed: true,
    cacheControl: false,
    dotfiles: 'ignore',
    setHeaders: (reply, path) => {
      reply.header('cache-control', hashedAsset.test(path) ? immutable : revalidate);
      if (path.startsWith(diagramFolder)) reply.headers(diagramFrameHeaders);
    },
  });
}

/** A page's own address (`/chats/1`) that someone opened directly: the app finds its way from there. */
export function isPageRequest({ method, url, headers }: Pick<FastifyRequest, 'method' | 'url' | 'headers'>): boolean {
  const isApi = /^\/(api|v1)(\/|$|\?)/.test(url);
  const isFile = /\.\w+$/.test(url.split('?', 1)[0] ?? '');
  return method === 'GET' && !isApi && !isFile && (headers.accept ?? '').includes('text/html');
}

export function sendPage(reply: FastifyReply): FastifyReply {
  return 'sendFile' in reply ? reply.code(200).sendFile('index.html') : sendMissingPage(reply);
}

const missingPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Multimodel Chat</title>
<h1>The server runs, the page is not built</h1>
<p>Run <code>npm start</code> in the folder of the project: it builds the page and starts the server. The API is at <a href="/api/docs">/api/docs</a>.</p>
<p lang="ru">Сервер работает, но страница не собрана. Запустите <code>npm start</code> в папке проекта.</p>
</html>
`;

function sendMissingPage(reply: FastifyReply): FastifyReply {
  return reply.code(200).headers({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).send(missingPage);
}
