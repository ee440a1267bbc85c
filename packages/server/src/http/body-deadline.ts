import type { Clock } from '@multimodel/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Bodies that are no files are small: who takes longer holds a connection on purpose. */
const bodyTimeoutMs = 30_000;

/** Cuts off bodies that trickle in. Uploads have the time that the whole server gives a request. */
export function limitBodyTime(app: FastifyInstance, clock: Clock, cut: (request: FastifyRequest) => void): void {
  app.addHook('preParsing', (request, reply, payload, done) => {
    if (hasBody(request) && !request.routeOptions.config.isUpload) {
      const cancel = clock.schedule(bodyTimeoutMs, () => cut(request));
      payload.once('end', cancel).once('close', cancel);
      // Refused before it was read.
      reply.raw.once('finish', cancel).once('close', cancel);
    }
    done(null, payload);
  });
}

function hasBody({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
