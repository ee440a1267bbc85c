import { z } from 'zod';
import { modelFilesSchema } from './attachments.ts';
import { errorCodeSchema } from './errors.ts';
import { limits } from './limits.ts';
import { idSchema, pageOf, timeSchema } from './shared.ts';

/** Of a model that may be asked: `ready` when the last call to its provider went well, or none was made yet. */
export const modelStateSchema = z.enum(['ready', 'failing', 'unconfigured']);
/** `unconfigured`: its settings cannot be used; `disabled`: somebody switched it off. */
export const providerStateSchema = z.enum([...modelStateSchema.options, 'disabled']);

/** A text in both languages of the product. */
export const localizedSchema = z.object({ ru: z.string(), en: z.string() }).meta({ id: 'Localized' });
export type LocalizedDto = z.infer<typeof localizedSchema>;

/** What a form tells of one choice of a field. */
export const choiceFactsSchema = z
  .object({
    /** Heading that it stands under among the choices. */
    group: localizedSchema.optional(),
    usual: z.record(z.string(), z.string()).optional().meta({ description: 'What holds where other fields are left empty, by field' }),
    needs: z.array(z.string()).optional().meta({ description: 'Fields that it usually does not do without' }),
    links: z.record(z.string(), z.string()).optional().meta({ description: 'Where values of other fields are made, by field' }),
    note: localizedSchema.optional(),
  })
  .meta({ id: 'ChoiceFacts' });
export type ChoiceFactsDto = z.infer<typeof choiceFactsSchema>;

/** One field of a plugin's settings: what a form needs to draw it. */
export const providerSettingFieldSchema = z
  .object({
    name: z.string(),
    kind: z.enum(['string', 'number', 'boolean', 'choice', 'json']),
    isRequired: z.boolean(),
    /** Written, never read: answers tell only whether it is set. */
    isSecret: z.boolean(),
    /** Addresses, time limits and the like: most people never touch them. */
    isAdvanced: z.boolean(),
    label: localizedSchema,
    help: localizedSchema.optional(),
    choices: z.array(z.string()).optional(),
    /** How to show them; one that is not here is shown as it is. */
    choiceNames: z.record(z.string(), z.string()).optional(),
    choiceFacts: z.record(z.string(), choiceFactsSchema).optional(),
    default: z.union([z.string(), z.number(), z.boolean()]).optional(),
  })
  .meta({ id: 'ProviderSettingField' });
export type ProviderSettingFieldDto = z.infer<typeof providerSettingFieldSchema>;

/** A kind of provider that can be added. */
export const providerPluginSchema = z
  .object({
    id: z.string(),
    displayName: z.string(),
    about: localizedSchema.optional().meta({ description: 'Whom it connects, for a person who chooses' }),
    isDemo: z.boolean(),
    fields: z.array(providerSettingFieldSchema),
    /** A root certificate that the vendor's servers need; `POST /api/v1/plugins/{id}/trust` fetches it. */
    trustedRoot: z.object({ name: localizedSchema, isTrusted: z.boolean() }).optional(),
  })
  .meta({ id: 'ProviderPlugin' });
export type ProviderPluginDto = z.infer<typeof providerPluginSchema>;

/** A plugin that the configuration names and that could not be loaded. */
export const brokenPluginSchema = z
  .object({
    module: z.string().meta({ description: 'Path or package, as it was named' }),
    message: z.string().meta({ description: 'Why, in English, as it was logged' }),
  })
  .meta({ id: 'BrokenPlugin' });
export type BrokenPluginDto = z.infer<typeof brokenPluginSchema>;
export const providerPluginPageSchema = pageOf(providerPluginSchema).extend({ broken: z.array(brokenPluginSchema) });
export type ProviderPluginPage = z.infer<typeof providerPluginPageSchema>;

/** A root certificate that was fetched and had the expected fingerprint. */
export const trustedRootSchema = z
  .object({
    /** SHA-256. */
    fingerprint: z.string(),
    subject: z.string(),
    validTo: timeSchema,
  })
  .meta({ id: 'TrustedRoot' });
export type TrustedRootDto = z.infer<typeof trustedRootSchema>;

/** What may be told of a secret that is stored. */
export const providerSecretSchema = z
  .object({
    isSet: z.boolean(),
    /** Only of texts that are long enough to lose nothing by it. */
    lastFour: z.string().optional(),
    changedAt: timeSchema.optional(),
  })
  .meta({ id: 'ProviderSecret' });
export type ProviderSecretDto = z.infer<typeof providerSecretSchema>;

export const providerSchema = z
  .object({
    id: idSchema,
    slug: z.string().meta({ description: 'First part of the public names of its models; never changes' }),
    plugin: z.string(),
    displayName: z.string(),
    state: providerStateSchema,
    /** Why it is not `ready`. */
    problem: z
      .object({
        code: errorCodeSchema,
        message: z.string(),
        /** `{setting, place}`: the setting that it lies in, and where that was given. */
        details: z.record(z.string(), z.unknown()).optional(),
      })
      .optional(),
    /** Only those of `user` can be changed here; a `built-in` one can be switched on and off. */
    source: z.enum(['config', 'environment', 'built-in', 'user']),
    isDemo: z.boolean(),
    isEnabled: z.boolean(),
    /** Place in lists, from 0. */
    position: z.int(),
    /** Those that are not secret, as they were given. */
    settings: z.record(z.string(), z.unknown()),
    /** Every secret field of the plugin by name. */
    secrets: z.record(z.string(), providerSecretSchema),
    /** What whoever runs the instance should not overlook, such as a check that is switched off. */
    notices: z.array(localizedSchema),
    createdAt: timeSchema,
    updatedAt: timeSchema,
  })
  .meta({ id: 'Provider' });
export type ProviderDto = z.infer<typeof providerSchema>;
export const providerPageSchema = pageOf(providerSchema);
export type ProviderPage = z.infer<typeof providerPageSchema>;

export type JsonDto = string | number | boolean | null | JsonDto[] | { [name: string]: JsonDto };
/** Named, so that its recursion has a place in the OpenAPI document; `z.json()` has none. */
const jsonSchema: z.ZodType<JsonDto> = z
  .lazy(() => z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(jsonSchema), z.record(z.string(), jsonSchema)]))
  .meta({ id: 'Json' });

/** Values by the names of the plugin's fields, secret ones among them. `null` clears a stored value; one not named stays. */
export const providerSettingsSchema = z
  .record(z.string().min(1).max(limits.settingNameCharacters), jsonSchema)
  .meta({ id: 'ProviderSettings' });
export type ProviderSettingsDto = z.infer<typeof providerSettingsSchema>;

/** Small Latin letters, digits, `-`, `_` and `.`; stands in the names of models, as in `yandexgpt/aliceai-llm`. */
export const providerSlugPattern = /^[a-z0-9](?:[a-z0-9._-]{0,58}[a-z0-9])?$/;

const displayNameSchema = z.string().trim().min(1).max(limits.providerNameCharacters);
const slugFault = 'must be up to 60 small Latin letters, digits, dots, hyphens or underscores, with a letter or digit at both ends';
const slugSchema = z.string().regex(providerSlugPattern, slugFault);
const pluginIdSchema = z.string().min(1).max(64);

export const newProviderSchema = z.strictObject({
  plugin: pluginIdSchema.meta({ description: 'From `GET /api/v1/provider-plugins`' }),
  slug: slugSchema.optional().meta({ description: 'Made from the name of the plugin when absent' }),
  displayName: displayNameSchema.optional(),
  settings: providerSettingsSchema,
});
export type NewProvider = z.input<typeof newProviderSchema>;

/** An absent field stays as it is. */
export const providerPatchSchema = z.strictObject({
  displayName: displayNameSchema.optional(),
  isEnabled: z.boolean().optional(),
  position: z.int().min(0).max(1_000).optional().meta({ description: 'The place to move to, counted from 0; others make room' }),
  settings: providerSettingsSchema.optional(),
});
export type ProviderPatch = z.input<typeof providerPatchSchema>;

export const newProviderTestSchema = z.strictObject({
  plugin: pluginIdSchema,
  settings: providerSettingsSchema,
  id: idSchema.optional().meta({ description: 'A stored provider whose secrets stand in for those that are not sent' }),
});
export type NewProviderTest = z.input<typeof newProviderTestSchema>;

/**
 * One step of a test, in this order: `settings` can be read, the vendor can be reached, it knows the credential, the account may be
 * used (role, folder, quota), the models are listed. After a failed one the rest is skipped.
 */
export const providerCheckSchema = z
  .object({
    name: z.enum(['settings', 'reach', 'auth', 'access', 'models']),
    state: z.enum(['passed', 'failed', 'skipped']),
    code: errorCodeSchema.optional(),
    message: localizedSchema,
    /** Fields of the settings that were wrong. */
    fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'ProviderCheck' });
export type ProviderCheckDto = z.infer<typeof providerCheckSchema>;

export const providerTestSchema = z
  .object({
    ok: z.boolean(),
    checks: z.array(providerCheckSchema),
    /** Values that the vendor told and the settings lack, by field, such as `folderId`. */
    discovered: z.record(z.string(), z.string()),
    models: z.array(z.object({ id: z.string(), name: z.string() })),
  })
  .meta({ id: 'ProviderTest' });
export type ProviderTestDto = z.infer<typeof providerTestSchema>;

const numberParameterSchema = z.object({ min: z.number(), max: z.number(), step: z.number().optional(), default: z.number().optional() });

export const modelSchema = z
  .object({
    id: z.string().meta({ description: 'providerSlug/modelId' }),
    name: z.string(),
    provider: z.string(),
    providerName: z.string(),
    kind: z.enum(['chat', 'embedding']),
    capabilities: z.object({ tools: z.boolean(), vision: z.boolean(), jsonSchema: z.boolean(), reasoning: z.boolean() }),
    parameters: z.object({
      temperature: numberParameterSchema.optional(),
      topP: numberParameterSchema.optional(),
      maxOutputTokens: numberParameterSchema.optional(),
      seed: z.boolean().optional(),
      stop: z.boolean().optional(),
      reasoningEffort: z.array(z.enum(['off', 'low', 'medium', 'high'])).optional(),
    }),
    files: modelFilesSchema.optional(),
    contextWindow: z.int().optional(),
    price: z
      .object({
        currency: z.string(),
        inputPerMillion: z.number(),
        cachedInputPerMillion: z.number().optional(),
        outputPerMillion: z.number(),
        asOf: z.string(),
      })
      .optional(),
    state: modelStateSchema,
    source: z.enum(['live', 'catalog']),
    isDemo: z.boolean(),
  })
  .meta({ id: 'Model' });
export type ModelDto = z.infer<typeof modelSchema>;
export const modelPageSchema = pageOf(modelSchema);
export type ModelPage = z.infer<typeof modelPageSchema>;
