import { runEventSchema, runEventsQuerySchema, runSchema } from '@multimodel/contract';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { actorOf } from '../actor-of.ts';
import { readerOf } from '../http/language.ts';
import { EventStream, eventStreamHeaders } from '../sse/event-stream.ts';
import { type Api, type ApiDeps, emptySchema, idParams, problems, runIdOf, serverTiming } from './api.ts';
import { toRunDto } from './chat-dto.ts';

const tags = ['runs'];

const lastEventIdSchema = z.looseObject({
  'last-event-id': z.coerce.number().int().min(0).optional().meta({ description: 'Sent by browsers when they reconnect; as `after`' }),
});

export function runRoutes(api: Api, { services: { runs }, clock, streams }: ApiDeps): void {
  api.get(
    '/api/v1/runs/:id',
    { schema: { tags, operationId: 'getRun', summary: 'Get a run', params: idParams, response: { 200: runSchema, ...problems } } },
    async (request) => toRunDto(await runs.get(actorOf(request), runIdOf(request.params))),
  );

  api.post(
    '/api/v1/runs/:id/stop',
    {
      schema: {
        tags,
        operationId: 'stopRun',
        summary: 'Stop an answer; the partial text stays. A run at rest stays as it is',
        params: idParams,
        response: { 202: runSchema, ...problems },
      },
    },
    async (request, reply) => {
      const run = await runs.stop(actorOf(request), runIdOf(request.params));
      request.log.info({ runId: run.id }, 'stop asked');
      return reply.code(202).send(toRunDto(run));
    },
  );

  api.get(
    '/api/v1/runs/:id/events',
    {
      exposeHeadRoute: false,
      config: { isStream: true },
      schema: {
        tags,
        operationId: 'watchRun',
        summary: 'Follow a run as server-sent events; resume with Last-Event-ID or `after`',
        params: idParams,
        querystring: runEventsQuerySchema,
        headers: lastEventIdSchema,
        response: {
          200: {
            description: 'Each `data:` is one RunEvent; `id:` repeats its `seq`',
            content: { 'text/event-stream': { schema: runEventSchema } },
          },
          204: emptySchema,
          ...problems,
        },
      },
    },
    async (request, reply) => {
      const after = request.headers['last-event-id'] ?? request.query.after ?? 0;
      const watcher = await runs.watch(actorOf(request), runIdOf(request.params), { after });
      const stream = new EventStream(watcher, clock, readerOf(request));
      reply.raw.once('close', () => stream.abandon());
      if ((await stream.peek()) === undefined) return reply.code(204).send(null);
      openStream(reply);
      await streams.track(stream.pipe(reply.raw), reply.raw).catch((error: unknown) => {
        request.log.error({ err: error, runId: request.params.id }, 'event stream failed');
        reply.raw.destroy();
      });
      return reply;
    },
  );
}

/** From here on the socket is ours: hooks for answers run no more, so their headers are taken along. */
function openStream(reply: FastifyReply): void {
  reply.hijack();
  const headers = { ...reply.getHeaders(), ...eventStreamHeaders, 'server-timing': serverTiming(reply) };
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) reply.raw.setHeader(name, value);
  reply.raw.flushHeaders();
}
