import { chatPageSchema, chatSchema, createChatSchema, pageQuerySchema, updateChatSchema } from '@multimodel/contract';
import { toMessageId } from '@multimodel/core';
import { actorOf } from '../actor-of.ts';
import { idempotencyHeadersSchema, idempotencyOf } from '../http/idempotency-key.ts';
import { type Api, type ApiDeps, chatIdOf, emptySchema, idParams, problems } from './api.ts';
import { toChatDto, toPageDto } from './chat-dto.ts';

const tags = ['chats'];

export function chatRoutes(api: Api, { services: { chats } }: ApiDeps): void {
  api.post(
    '/api/v1/chats',
    {
      schema: {
        tags,
        operationId: 'createChat',
        summary: 'Begin a chat',
        headers: idempotencyHeadersSchema,
        body: createChatSchema,
        response: { 201: chatSchema, ...problems },
      },
    },
    async (request, reply) => {
      const chat = await chats.create(actorOf(request), request.body, idempotencyOf(request));
      return reply.code(201).header('location', `/api/v1/chats/${chat.id}`).send(toChatDto(chat));
    },
  );

  api.get(
    '/api/v1/chats',
    {
      schema: {
        tags,
        operationId: 'listChats',
        summary: 'List chats, the latest first',
        querystring: pageQuerySchema,
        response: { 200: chatPageSchema, ...problems },
      },
    },
    async (request) => toPageDto(await chats.list(actorOf(request), request.query), toChatDto),
  );

  api.get(
    '/api/v1/chats/:id',
    { schema: { tags, operationId: 'getChat', summary: 'Get a chat', params: idParams, response: { 200: chatSchema, ...problems } } },
    async (request) => toChatDto(await chats.get(actorOf(request), chatIdOf(request.params))),
  );

  api.patch(
    '/api/v1/chats/:id',
    {
      schema: {
        tags,
        operationId: 'updateChat',
        summary: 'Rename a chat, or change its model, settings or shown branch',
        params: idParams,
        body: updateChatSchema,
        response: { 200: chatSchema, ...problems },
      },
    },
    async (request) => {
      const { leafId, ...changes } = request.body;
      const patch = { ...changes, leafId: typeof leafId === 'string' ? toMessageId(leafId) : leafId };
      return toChatDto(await chats.update(actorOf(request), chatIdOf(request.params), patch));
    },
  );

  api.delete(
    '/api/v1/chats/:id',
    {
      schema: {
        tags,
        operationId: 'deleteChat',
        summary: 'Delete a chat with its messages; a running answer is stopped',
        params: idParams,
        response: { 204: emptySchema, ...problems },
      },
    },
    async (request, reply) => {
      await chats.delete(actorOf(request), chatIdOf(request.params));
      return reply.code(204).send(null);
    },
  );
}
