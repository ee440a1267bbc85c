import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Metrics } from '../operations/metrics.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Lasts as long as its reader: not a request whose duration says anything. */
    isStream?: boolean;
    /** Called every few seconds by machines, or a part of the page: logged for debugging only. */
    isQuiet?: boolean;
  }
}

/** One line and one observation per answer: pattern, status and time, never the query, headers or bodies. */
export function logRequests(app: FastifyInstance, metrics: Pick<Metrics, 'onRequest'>): void {
  app.addHook('onResponse', (request, reply, done) => {
    const { url: route = 'unknown', config } = request.routeOptions;
    const { statusCode: status, elapsedTime: durationMs } = reply;
    if (!config.isStream) metrics.onRequest({ method: request.method, route, status, durationMs });
    request.log[levelOf(request, reply)](
      { method: request.method, route, status, durationMs: Math.round(durationMs * 100) / 100 },
      'request',
    );
    done();
  });
}

function levelOf(request: FastifyRequest, reply: FastifyReply): 'debug' | 'info' | 'error' {
  if (reply.statusCode >= 500) return 'error';
  return request.routeOptions.config.isQuiet ? 'debug' : 'info';
}
