import { trustedRootSchema } from '@multimodel/contract';
import { actorOf } from '../actor-of.ts';
import { untilGone } from '../http/until-gone.ts';
import { type Api, type ApiDeps, idParams, problems } from './api.ts';

export function pluginRoutes(api: Api, { services: { trust } }: ApiDeps): void {
  api.post(
    '/api/v1/plugins/:id/trust',
    {
      schema: {
        tags: ['providers'],
        operationId: 'trustPluginRoot',
        summary: 'Fetch the root certificate that a plugin’s vendor needs, check its fingerprint, and trust it for that plugin only',
        params: idParams,
        response: { 200: trustedRootSchema, ...problems },
      },
    },
    async (request, reply) => {
      const { fingerprint, subject, validTo } = await trust.trust(actorOf(request), request.params.id, untilGone(reply));
      return { fingerprint, subject, validTo };
    },
  );
}
