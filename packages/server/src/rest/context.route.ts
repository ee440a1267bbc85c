import { contextForecastSchema, type ForecastContext, forecastContextSchema, forecastNewChatSchema } from '@multimodel/contract';
import { type ForecastInput, toMessageId } from '@multimodel/core';
import { actorOf } from '../actor-of.ts';
import { type Api, type ApiDeps, attachmentIdOf, chatIdOf, idParams, problems } from './api.ts';
import { toContextForecastDto } from './chat-dto.ts';

const tags = ['messages'];

export function contextRoutes(api: Api, { services: { context } }: ApiDeps): void {
  api.post(
    '/api/v1/chats/:id/context',
    {
      schema: {
        tags,
        operationId: 'forecastContext',
        summary: "Ask how much of the model's window the next message will take, and what will not fit; nothing is sent",
        params: idParams,
        body: forecastContextSchema.nullish(),
        response: { 200: contextForecastSchema, ...problems },
      },
    },
    async (request) => {
      const [actor, chatId] = [actorOf(request), chatIdOf(request.params)];
      return toContextForecastDto(await context.forecast(actor, chatId, toForecastInput(request.body ?? {})));
    },
  );

  api.post(
    '/api/v1/context',
    {
      schema: {
        tags,
        operationId: 'forecastNewChat',
        summary: 'Ask the same for the first message of a new chat',
        body: forecastNewChatSchema.nullish(),
        response: { 200: contextForecastSchema, ...problems },
      },
    },
    async (request) => toContextForecastDto(await context.forecast(actorOf(request), undefined, toForecastInput(request.body ?? {}))),
  );
}

function toForecastInput({ parentId, attachments, ...input }: ForecastContext): ForecastInput {
  return {
    ...input,
    parentId: typeof parentId === 'string' ? toMessageId(parentId) : parentId,
    attachments: attachments?.map((id) => attachmentIdOf({ id })),
  };
}
