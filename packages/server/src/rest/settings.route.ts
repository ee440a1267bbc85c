import { userSettingsPatchSchema, userSettingsSchema } from '@multimodel/contract';
import { actorOf } from '../actor-of.ts';
import { type Api, type ApiDeps, problems } from './api.ts';
import { toUserSettingsDto } from './provider-dto.ts';

const tags = ['settings'];

export function settingsRoutes(api: Api, { services: { settings } }: ApiDeps): void {
  api.get(
    '/api/v1/settings',
    { schema: { tags, operationId: 'getSettings', summary: 'Get your own settings', response: { 200: userSettingsSchema, ...problems } } },
    async (request) => toUserSettingsDto(await settings.get(actorOf(request))),
  );

  api.patch(
    '/api/v1/settings',
    {
      schema: {
        tags,
        operationId: 'updateSettings',
        summary: 'Change some of your own settings',
        body: userSettingsPatchSchema,
        response: { 200: userSettingsSchema, ...problems },
      },
    },
    async (request) => toUserSettingsDto(await settings.update(actorOf(request), request.body)),
  );
}
