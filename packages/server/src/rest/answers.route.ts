import { answeringSchema, continueMessageSchema, regenerateMessageSchema } from '@multimodel/contract';
import type { Answering } from '@multimodel/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { actorOf } from '../actor-of.ts';
import { idempotencyHeadersSchema, idempotencyOf } from '../http/idempotency-key.ts';
import { readerOf } from '../http/language.ts';
import { type Api, type ApiDeps, chatIdOf, messageIdOf, problems, serverTiming } from './api.ts';
import { toMessageDto, toRunDto } from './chat-dto.ts';

const tags = ['messages'];
const params = z.object({ id: z.string(), messageId: z.string() });
const headers = idempotencyHeadersSchema;
const response = { 202: answeringSchema, ...problems };

export function answerRoutes(api: Api, { services: { answers } }: ApiDeps): void {
  api.post(
    '/api/v1/chats/:id/messages/:messageId/regenerate',
    {
      schema: {
        tags,
        operationId: 'regenerateMessage',
        summary: 'Ask the question of an answer again; the new answer is a branch beside the old one',
        params,
        headers,
        body: regenerateMessageSchema.nullish(),
        response,
      },
    },
    async (request, reply) => {
      const address = { chatId: chatIdOf(request.params), messageId: messageIdOf(request.params) };
      return accepted(request, reply, await answers.regenerate(actorOf(request), address, request.body ?? {}, idempotencyOf(request)));
    },
  );

  api.post(
    '/api/v1/chats/:id/messages/:messageId/continue',
    {
      schema: {
        tags,
        operationId: 'continueMessage',
        summary: 'Go on with an answer that was stopped, interrupted, failed or cut at its length limit; any model can',
        params,
        headers,
        body: continueMessageSchema.nullish(),
        response,
      },
    },
    async (request, reply) => {
      const address = { chatId: chatIdOf(request.params), messageId: messageIdOf(request.params) };
      return accepted(request, reply, await answers.continue(actorOf(request), address, request.body ?? {}, idempotencyOf(request)));
    },
  );
}

/** The answer itself comes through the events of the run. */
function accepted(
  request: Pick<FastifyRequest, 'log' | 'headers'>,
  reply: Pick<FastifyReply, 'code' | 'elapsedTime'>,
  { assistantMessage, run }: Answering,
) {
  request.log.info({ runId: run.id, chatId: run.chatId, model: run.model }, 'answer accepted');
  return reply
    .code(202)
    .headers({ location: `/api/v1/runs/${run.id}`, 'server-timing': serverTiming(reply) })
    .send({ assistantMessage: toMessageDto(readerOf(request))(assistantMessage), run: toRunDto(run) });
}
