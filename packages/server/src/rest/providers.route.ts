import {
  modelPageSchema,
  newProviderSchema,
  newProviderTestSchema,
  providerPageSchema,
  providerPatchSchema,
  providerPluginPageSchema,
  providerSchema,
  providerTestSchema,
} from '@multimodel/contract';
import { actorOf } from '../actor-of.ts';
import { idempotencyHeadersSchema, idempotencyOf } from '../http/idempotency-key.ts';
import { readerOf } from '../http/language.ts';
import { untilGone } from '../http/until-gone.ts';
import { type Api, type ApiDeps, emptySchema, idParams, problems, providerIdOf } from './api.ts';
import { toModelDto, toPluginDto, toProviderDto, toTestDto } from './provider-dto.ts';

const tags = ['providers'];

export function providerRoutes(api: Api, deps: ApiDeps): void {
  readingRoutes(api, deps);
  writingRoutes(api, deps);
  testingRoutes(api, deps);
}

function readingRoutes(api: Api, { services: { providers, models, trust }, brokenPlugins }: ApiDeps): void {
  api.get(
    '/api/v1/provider-plugins',
    {
      schema: {
        tags,
        operationId: 'listProviderPlugins',
        summary:
          'List the kinds of providers that can be added, with the fields of their settings, and the plugins that could not be loaded',
        response: { 200: providerPluginPageSchema, ...problems },
      },
    },
    (request) => ({
      items: providers.plugins(actorOf(request)).map((plugin) => toPluginDto(plugin, trust.isTrusted(plugin))),
      // Paths of the machine are for those who look after it.
      broken: actorOf(request).role === 'member' ? [] : brokenPlugins.map(({ module, message }) => ({ module, message })),
    }),
  );

  api.get(
    '/api/v1/providers',
    {
      schema: {
        tags,
        operationId: 'listProviders',
        summary: 'List the configured providers, the disabled ones too',
        response: { 200: providerPageSchema, ...problems },
      },
    },
    async (request) => ({ items: (await providers.list(actorOf(request))).map((provider) => toProviderDto(provider, readerOf(request))) }),
  );

  api.get(
    '/api/v1/providers/:id',
    {
      schema: {
        tags,
        operationId: 'getProvider',
        summary: 'Get a provider',
        params: idParams,
        response: { 200: providerSchema, ...problems },
      },
    },
    async (request) => toProviderDto(await providers.get(actorOf(request), providerIdOf(request.params)), readerOf(request)),
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

function writingRoutes(api: Api, { services: { providers } }: ApiDeps): void {
  api.post(
    '/api/v1/providers',
    {
      schema: {
        tags,
        operationId: 'createProvider',
        summary: 'Add a provider; its secrets are stored encrypted and never shown again',
        headers: idempotencyHeadersSchema,
        body: newProviderSchema,
        response: { 201: providerSchema, ...problems },
      },
    },
    async (request, reply) => {
      const provider = await providers.create(actorOf(request), request.body, idempotencyOf(request));
      request.log.info({ provider: provider.slug, plugin: provider.plugin }, 'provider added');
      return reply
        .code(201)
        .header('location', `/api/v1/providers/${provider.id}`)
        .send(toProviderDto(provider, readerOf(request)));
    },
  );

  api.patch(
    '/api/v1/providers/:id',
    {
      schema: {
        tags,
        operationId: 'updateProvider',
        summary: 'Rename, move, switch on or off a provider, or change its settings; answers at work are not disturbed',
        params: idParams,
        body: providerPatchSchema,
        response: { 200: providerSchema, ...problems },
      },
    },
    async (request) => {
      const provider = await providers.update(actorOf(request), providerIdOf(request.params), request.body);
      request.log.info({ provider: provider.slug, changed: Object.keys(request.body) }, 'provider changed');
      return toProviderDto(provider, readerOf(request));
    },
  );

  api.delete(
    '/api/v1/providers/:id',
    {
      schema: {
        tags,
        operationId: 'deleteProvider',
        summary: 'Delete a provider; its answers stay and keep its name',
        params: idParams,
        response: { 204: emptySchema, ...problems },
      },
    },
    async (request, reply) => {
      const id = providerIdOf(request.params);
      await providers.delete(actorOf(request), id);
      request.log.info({ providerId: id }, 'provider deleted');
      return reply.code(204).send(null);
    },
  );
}

function testingRoutes(api: Api, { services: { tester } }: ApiDeps): void {
  api.post(
    '/api/v1/providers/test',
    {
      schema: {
        tags,
        operationId: 'testProvider',
        summary: 'Try settings on the vendor before they are stored; costs nothing',
        body: newProviderTestSchema,
        response: { 200: providerTestSchema, ...problems },
      },
    },
    async (request, reply) => {
      const { id, ...input } = request.body;
      const trial = { ...input, id: id === undefined ? undefined : providerIdOf({ id }) };
      return toTestDto(await tester.test(actorOf(request), trial, untilGone(reply)), readerOf(request));
    },
  );

  api.post(
    '/api/v1/providers/:id/test',
    {
      schema: {
        tags,
        operationId: 'testStoredProvider',
        summary: 'Try a stored provider as it is; costs nothing',
        params: idParams,
        response: { 200: providerTestSchema, ...problems },
      },
    },
    async (request, reply) =>
      toTestDto(await tester.testStored(actorOf(request), providerIdOf(request.params), untilGone(reply)), readerOf(request)),
  );
}
