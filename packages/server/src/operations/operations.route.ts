import { createHash, timingSafeEqual } from 'node:crypto';
import { AppError } from '@multimodel/core';
import type { FastifyRequest } from 'fastify';
import { isLoopbackHost } from '../config/config.ts';
import { problemHeaders, toProblem } from '../error-response.ts';
import { faultTexts } from '../fault-texts.ts';
import type { Api } from '../rest/api.ts';
import type { Metrics } from './metrics.ts';
import type { Readiness } from './readiness.ts';

export interface OperationsDeps {
  readonly readiness: Pick<Readiness, 'check'>;
  readonly metrics: Metrics;
  readonly metricsToken: string | undefined;
  isShuttingDown(): boolean;
}

const config = { isQuiet: true };

/** For load balancers, supervisors and Prometheus. */
export function operationsRoutes(api: Api, deps: OperationsDeps): void {
  // The age tells a page that lost its connection whether this is still the server it knew.
  api.get('/healthz', { config }, (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'ok', uptimeMs: Math.round(process.uptime() * 1_000) }),
  );

  api.get('/readyz', { config }, async (request, reply) => {
    if (deps.isShuttingDown()) throw new AppError('shutting_down', faultTexts.shuttingDown);
    const fault = await faultOf(deps.readiness);
    // A fault of ours hides its reason elsewhere; whoever probes has to know it.
    if (fault) {
      const problem = { ...toProblem(fault, request.id), detail: fault.message };
      request.log.warn({ code: fault.code, reason: fault.message }, 'not ready');
      return reply.code(problem.status).headers(problemHeaders(problem)).serializer(JSON.stringify).send(problem);
    }
    return reply.header('cache-control', 'no-store').send({ status: 'ready' });
  });

  api.get('/metrics', { config }, async (request, reply) => {
    assertMayRead(request, deps.metricsToken);
    return reply.headers({ 'content-type': deps.metrics.contentType, 'cache-control': 'no-store' }).send(await deps.metrics.text());
  });
}

async function faultOf(readiness: OperationsDeps['readiness']): Promise<AppError | undefined> {
  try {
    await readiness.check();
    return undefined;
  } catch (error) {
    if (error instanceof AppError && error.code === 'storage_unavailable') return error;
    throw error;
  }
}

function assertMayRead(request: FastifyRequest, token: string | undefined): void {
  if (token === undefined) {
    if (isLoopbackHost(request.ip.replace(/^::ffff:/, ''))) return;
    throw new AppError('forbidden', faultTexts.metricsHere);
  }
  const given = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  if (!timingSafeEqual(digest(given), digest(token))) throw new AppError('unauthorized', faultTexts.metricsToken);
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
