import type { Localized, Provider, ProviderContext, ProviderPlugin, TrustedRoot } from '@multimodel/core';
import type { z } from 'zod';
import { underAddressGuard } from '../transport/address-guard.ts';
import { createSettingsSchema } from './settings-schema.ts';

/** What a plugin says about itself. */
export interface ProviderDefinition<Schema extends z.ZodObject> {
  /** Lower-case letters, digits and dashes; stays the same for ever, it is stored. */
  readonly id: string;
  readonly displayName: string;
  /** One line under the name where a person chooses what to connect: whom it reaches, or when to take it. */
  readonly about?: Localized | undefined;
  /** Its answers are samples of a product, not a model's: the page labels them, and a model is preferred by default. */
  readonly isDemo?: boolean | undefined;
  /**
   * Flat object. A field's `.meta({ secret: true, advanced: true, label: { ru, en }, help: { ru, en } })` says how forms show it;
   * secret ones are stored encrypted, advanced ones folded away.
   */
  readonly settings: Schema;
  /** Variables in the vendor's own names → fields of `settings`. */
  readonly environment?: Readonly<Record<string, keyof Schema['shape'] & string>> | undefined;
  /**
   * Where requests go with these settings, by field: only for addresses that stand in no setting, such as those of a preset. The server
   * may refuse private ones.
   */
  addresses?(settings: z.output<Schema>): Readonly<Record<string, string>>;
  /** A root certificate that the vendor's servers need; people are offered to have it fetched, and it comes in `context.trustedRoots`. */
  readonly trustedRoot?: TrustedRoot | undefined;
  /** Makes the family of parts for one account, its transports among them: those obey `context.mayConnect`. Must not do I/O. */
  create(settings: z.output<Schema>, context: ProviderContext): Provider;
}

/**
 * Declares a provider plugin. Throws `TypeError` when the definition is wrong; `settings.parse` of the result throws
 * `AppError('validation_failed')` with `details.fields: {path, message, allowed?}[]`.
 *
 * @example
 * export const acme = defineProvider({
 *   id: 'acme',
 *   displayName: 'Acme AI',
 *   settings: z.object({
 *     apiKey: z.string().min(1).meta({ secret: true, label: { ru: 'Ключ API', en: 'API key' } }),
 *     baseUrl: z.url().default('https://api.acme.example/v1'),
 *   }),
 *   environment: { ACME_API_KEY: 'apiKey' },
 *   create({ apiKey, baseUrl }, { slug }) {
 *     const transport = createHttp1Transport({ providerId: slug, baseUrl, connectTimeoutMs: 5000 });
 *     const auth = staticAuth({ authorization: `Bearer ${apiKey}` });
 *     return {
 *       limits: {},
 *       chatModel: (modelId) => new AcmeChatModel(modelId, { providerId: slug, transport, auth, secrets: [apiKey] }),
 *       listModels: ({ signal }) => listAcmeModels(transport, auth, signal),
 *       probe: ({ signal }) => probeAcme(transport, auth, signal),
 *       [Symbol.asyncDispose]: () => transport[Symbol.asyncDispose](),
 *     };
 *   },
 * });
 */
export function defineProvider<Schema extends z.ZodObject>(definition: ProviderDefinition<Schema>): ProviderPlugin<z.output<Schema>> {
  const { id, displayName, about, isDemo = false, settings, environment = {}, trustedRoot } = definition;
  if (!/^[a-z][a-z0-9-]*$/.test(id))
    throw new TypeError(`The plugin id ${JSON.stringify(id)} is not made of lower-case letters, digits and dashes`);
  for (const [variable, field] of Object.entries(environment)) {
    if (!Object.hasOwn(settings.shape, field)) throw new TypeError(`${variable} stands for ${field}, which is no setting of ${id}`);
  }
  return {
    id,
    displayName,
    ...(about === undefined ? {} : { about }),
    isDemo,
    settings: createSettingsSchema(id, settings),
    environment,
    ...(trustedRoot === undefined ? {} : { trustedRoot }),
    ...(definition.addresses ? { addresses: (values) => definition.addresses?.(values) ?? {} } : {}),
    create: (values, context) => underAddressGuard(context.mayConnect, () => definition.create(values, context)),
  };
}
