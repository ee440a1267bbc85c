import type { Api, ApiDeps } from '../rest/api.ts';

const config = { isQuiet: true };
const caching = { 'cache-control': 'no-cache' };

/** The description of the API, for programs and for people. Made when first asked for. */
export function docsRoutes(api: Api, deps: ApiDeps): void {
  let document: Promise<unknown> | undefined;
  const load = (): Promise<unknown> => {
    document ??= import('./openapi-document.ts').then(({ createOpenApiDocument }) => createOpenApiDocument(deps));
    return document;
  };

  api.get('/api/openapi.json', { config }, async (_request, reply) => reply.headers(caching).send(await load()));

  api.get('/api/docs', { config }, async (_request, reply) => {
    const { renderDocsPage } = await import('./docs-page.ts');
    return reply.headers({ ...caching, 'content-type': 'text/html; charset=utf-8' }).send(renderDocsPage(await load()));
  });

  api.get('/api/docs.css', { config }, async (_request, reply) => {
    const { docsStyle } = await import('./docs-style.ts');
    return reply.headers({ ...caching, 'content-type': 'text/css; charset=utf-8' }).send(docsStyle);
  });
}
