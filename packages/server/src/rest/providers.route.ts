import { modelPageSchema, providerPageSchema } from '@multimodel/contract';
import { actorOf } from '../actor-of.ts';
import { type Api, type ApiDeps, problems } from './api.ts';
import { toModelDto, toProviderDto } from './provider-dto.ts';

const tags = ['providers'];

export function providerRoutes(api: Api, { services: { registry, models } }: ApiDeps): void {
  api.get(
    '/api/v1/providers',
    {
      schema: {
        tags,
        operationId: 'listProviders',
        summary: 'List the configured providers',
        response: { 200: providerPageSchema, ...problems },
      },
    },
    () => ({ items: registry.list().map(toProviderDto) }),
  );

  api.get(
    '/api/v1/models',
    {
      schema: {
        tags,
        operationId: 'listModels',
        summary: 'List the models of all providers',
        response: { 200: modelPageSchema, ...problems },
      },
    },
    async (request) => ({ items: (await models.list(actorOf(request))).map(toModelDto) }),
  );
}
