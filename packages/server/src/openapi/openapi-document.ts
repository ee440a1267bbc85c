import fastify from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { statusName } from '../http/status-names.ts';
import type { ApiDeps } from '../rest/api.ts';
import { restRoutes } from '../rest/rest-routes.ts';

/** Made from the same routes and schemas that serve, in a server that never listens: who asks for no document pays nothing. */
export async function createOpenApiDocument(deps: ApiDeps): Promise<unknown> {
  const { fastifySwagger } = await import('@fastify/swagger');
  const app = fastify({ exposeHeadRoutes: false }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => (value) => JSON.stringify(value));
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Multimodel Chat',
        version: '1',
        description:
          'Chats over many language models. Errors are application/problem+json with a stable `code`; every answer has `x-request-id`.',
      },
      tags: ['chats', 'messages', 'attachments', 'runs', 'providers', 'settings'].map((name) => ({ name })),
    },
    transform: describeRoute,
    transformObject: jsonSchemaTransformObject,
  });
  restRoutes(app, deps);
  await app.ready();
  return tidy(JSON.parse(JSON.stringify(app.swagger(), describeStatus)));
}

/** The body of an upload is no JSON and has no schema of ours. */
const describeRoute: typeof jsonSchemaTransform = (route) => {
  const described = jsonSchemaTransform(route);
  if (!route.route.config?.isUpload) return described;
  const { schema } = described;
  return { ...described, schema: { ...schema, consumes: ['*/*'], body: { type: 'string', format: 'binary', description: 'The file' } } };
};

/** The generator writes "Default Response" where nothing was said. */
function describeStatus(this: unknown, key: string, value: unknown): unknown {
  const isUndescribed = z.object({ description: z.literal('Default Response') }).safeParse(value).success;
  return isUndescribed && typeof value === 'object' ? { ...value, description: statusName(Number(key)) ?? 'Answer' } : value;
}

const documentSchema = z.looseObject({ components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }) });

/** The generator adds every schema once as input and once as output; those that nothing refers to go. */
function tidy(input: unknown): unknown {
  const document = documentSchema.parse(input);
  for (;;) {
    const text = JSON.stringify(document);
    const schemas = Object.entries(document.components.schemas).filter(([name]) => text.includes(`"#/components/schemas/${name}"`));
    if (schemas.length === Object.keys(document.components.schemas).length) return document;
    document.components.schemas = Object.fromEntries(schemas);
  }
}
