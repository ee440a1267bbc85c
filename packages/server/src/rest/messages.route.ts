import {
  clearQuerySchema,
  messagePageSchema,
  messagesQuerySchema,
  type SendMessage,
  sendMessageSchema,
  sentMessageSchema,
} from '@multimodel/contract';
import { type AppError, fieldFault, type NewMessage, toMessageId, validationFault } from '@multimodel/core';
import { actorOf } from '../actor-of.ts';
import { fieldTexts } from '../fault-texts.ts';
import { idempotencyHeadersSchema, idempotencyOf } from '../http/idempotency-key.ts';
import { readerOf } from '../http/language.ts';
import { type Api, type ApiDeps, attachmentIdOf, chatIdOf, emptySchema, idParams, problems, serverTiming } from './api.ts';
import { toBranchMessageDto, toMessageDto, toPageDto, toRunDto } from './chat-dto.ts';

const tags = ['messages'];

export function messageRoutes(api: Api, { services: { chats } }: ApiDeps): void {
  api.get(
    '/api/v1/chats/:id/messages',
    {
      schema: {
        tags,
        operationId: 'listMessages',
        summary: 'List the messages of all branches of a chat by age, or those of one branch newest first',
        params: idParams,
        querystring: messagesQuerySchema,
        response: { 200: messagePageSchema, ...problems },
      },
    },
    async (request) => {
      const { branch, order, ...page } = request.query;
      const [actor, id, language] = [actorOf(request), chatIdOf(request.params), readerOf(request)];
      if (branch === undefined)
        return toPageDto(await chats.listMessages(actor, id, { ...page, order: order ?? 'asc' }), toMessageDto(language));
      if (order === 'asc') throw onlyNewestFirst();
      const leafId = branch === 'current' ? undefined : toMessageId(branch);
      return toPageDto(await chats.listBranch(actor, id, { ...page, leafId }), toBranchMessageDto(language));
    },
  );

  api.post(
    '/api/v1/chats/:id/messages',
    {
      schema: {
        tags,
        operationId: 'sendMessage',
        summary: 'Send a message; the answer comes through the events of the run',
        headers: idempotencyHeadersSchema,
        params: idParams,
        body: sendMessageSchema,
        response: { 202: sentMessageSchema, ...problems },
      },
    },
    async (request, reply) => {
      const sent = await chats.send(actorOf(request), chatIdOf(request.params), toNewMessage(request.body), idempotencyOf(request));
      request.log.info({ runId: sent.run.id, chatId: sent.run.chatId, model: sent.run.model }, 'message accepted');
      const toDto = toMessageDto(readerOf(request));
      return reply
        .code(202)
        .headers({ location: `/api/v1/runs/${sent.run.id}`, 'server-timing': serverTiming(reply) })
        .send({
          userMessage: toDto(sent.userMessage),
          assistantMessage: toDto(sent.assistantMessage),
          run: toRunDto(sent.run),
        });
    },
  );

  api.delete(
    '/api/v1/chats/:id/messages',
    {
      schema: {
        tags,
        operationId: 'clearChat',
        summary: 'Remove all messages of a chat; the chat itself stays',
        params: idParams,
        querystring: clearQuerySchema,
        response: { 204: emptySchema, ...problems },
      },
    },
    async (request, reply) => {
      await chats.clear(actorOf(request), chatIdOf(request.params), { onlyHidden: request.query.onlyHidden === 'true' });
      return reply.code(204).send(null);
    },
  );
}

function onlyNewestFirst(): AppError {
  return validationFault([fieldFault('order', fieldTexts.onlyNewestFirst)]);
}

function toNewMessage({ parentId, attachments, ...message }: SendMessage): NewMessage {
  return {
    ...message,
    parentId: typeof parentId === 'string' ? toMessageId(parentId) : parentId,
    attachments: attachments?.map((id) => attachmentIdOf({ id })),
  };
}
