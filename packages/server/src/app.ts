import { limits } from '@multimodel/contract';
import fastify, { type FastifyBaseLogger, type FastifyRequest, LogController } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Config } from './config/config.ts';
import { limitBodyTime } from './http/body-deadline.ts';
import { readJsonBodies } from './http/json-body.ts';
import { createRequestGuard } from './http/request-guard.ts';
import { createRequestIds } from './http/request-id.ts';
import { logRequests } from './http/request-log.ts';
import { securityHeaders } from './http/security-headers.ts';
import { answerBrokenRequest, sendError } from './http/send-error.ts';
import { RouteTable, slashAtEndError, unknownRouteError } from './http/unknown-route.ts';
import { validatorCompiler } from './http/validation.ts';
import { docsRoutes } from './openapi/docs.route.ts';
import { type OperationsDeps, operationsRoutes } from './operations/operations.route.ts';
import type { Api, ApiDeps } from './rest/api.ts';
import { restRoutes } from './rest/rest-routes.ts';
import { isPageRequest, sendPage, webApp } from './web/web-app.ts';

export interface AppDeps {
  readonly config: Pick<Config, 'host' | 'publicUrl' | 'publicDir'>;
  readonly api: ApiDeps;
  readonly operations: OperationsDeps;
  readonly logger: FastifyBaseLogger;
  newId(): string;
}

/** A large file over a slow line; other bodies have less, see `limitBodyTime`. */
const requestTimeoutMs = 10 * 60_000;
const headersTimeoutMs = 15_000;
/** Longer than the silence of a healthy event stream (15 s) and than the cut for a stalled one (60 s). */
const idleSocketMs = 90_000;

/** The HTTP server, ready to listen or to be injected into. */
export async function createApp(deps: AppDeps): Promise<Api> {
  const app = createServer(deps);
  const guard = createRequestGuard(deps.config);
  const routes = new RouteTable();
  app.addHook('onRoute', ({ url, method }) => routes.add(url, method));
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(securityHeaders).header('x-request-id', request.id);
    const { host, origin, 'sec-fetch-site': site } = request.headers;
    guard({ method: request.method, host, origin, site: typeof site === 'string' ? site : undefined });
    if (request.url.startsWith('/api/v1/')) reply.header('vary', 'accept-language');
    assertNoSlashAtEnd(request.url, routes);
    done();
  });
  limitBodyTime(app, deps.api.clock, cutLateBody);
  logRequests(app, deps.operations.metrics);
  app.setErrorHandler(sendError);
  app.setNotFoundHandler((request, reply) => {
    if (isPageRequest(request)) return sendPage(reply);
    const allowed = routes.allowedMethods(request.url.split('?', 1)[0] ?? '');
    if (allowed.length > 0) reply.header('allow', allowed.join(', '));
    throw unknownRouteError(request.method, allowed);
  });
  restRoutes(app, deps.api);
  operationsRoutes(app, deps.operations);
  docsRoutes(app, deps.api);
  await webApp(app, deps.config.publicDir);
  await app.ready();
  return app;
}

function createServer({ logger, newId }: AppDeps): Api {
  const app = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: createRequestIds(newId),
    bodyLimit: limits.bodyBytes,
    requestTimeout: requestTimeoutMs,
    connectionTimeout: idleSocketMs,
    forceCloseConnections: true,
    // The request guard refuses a missing host, in our own words.
    http: { requireHostHeader: false },
    return503OnClosing: false,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error, request, reply) => {
      reply.headers(securityHeaders).header('x-request-id', request.id);
      sendError(error, request, reply);
    },
    clientErrorHandler: (error, socket) => answerBrokenRequest(error, socket, newId()),
  }).withTypeProvider<ZodTypeProvider>();
  app.server.headersTimeout = headersTimeoutMs;
  app.setValidatorCompiler(validatorCompiler);
  // Answers are mapped field by field to contract types; checking them again would cost more than all the rest.
  app.setSerializerCompiler(() => (value) => JSON.stringify(value));
  app.removeContentTypeParser(['text/plain', 'application/json']);
  readJsonBodies(app);
  return app;
}

/** Else the router takes it for an empty id. */
function assertNoSlashAtEnd(url: string, routes: RouteTable): void {
  const path = url.split('?', 1)[0] ?? '';
  if (path.length < 2 || !path.endsWith('/') || routes.allowedMethods(path).length > 0) return;
  if (routes.allowedMethods(path.replace(/\/+$/, '')).length > 0) throw slashAtEndError(path);
}

/** Whoever sends on would hold the connection. */
function cutLateBody({ raw, id }: FastifyRequest): void {
  answerBrokenRequest({ code: 'ERR_HTTP_REQUEST_TIMEOUT' }, raw.socket, id);
  raw.socket.destroySoon();
}
