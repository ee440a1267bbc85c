import type { ChoiceFacts, Localized, SettingField } from '@multimodel/core';
import { z } from 'zod';

declare module 'zod' {
  interface GlobalMeta {
    /** Stored encrypted, never shown again. */
    secret?: boolean | undefined;
    /** Most people never touch it: forms fold it away. */
    advanced?: boolean | undefined;
    /** A place that requests are sent to, such as the name of a host. URLs (`z.url()`) are known as such. */
    address?: boolean | undefined;
    /** How forms name the choices of an enum, where that is another name than the stored one. */
    choiceNames?: Readonly<Record<string, string>> | undefined;
    /** What forms tell of the choices of an enum: what holds with one, what it needs, where that is made. */
    choiceFacts?: Readonly<Record<string, ChoiceFacts>> | undefined;
    /** Name of the field in forms. */
    label?: Localized | undefined;
    /** One sentence under the field. */
    help?: Localized | undefined;
  }
}

const localized = z.object({ ru: z.string().min(1), en: z.string().min(1) });
const choiceFacts = z.strictObject({
  group: localized.optional(),
  usual: z.record(z.string(), z.string()).optional(),
  needs: z.array(z.string()).optional(),
  // A form makes links of them: nothing that runs may stand here.
  links: z.record(z.string(), z.url({ protocol: /^https?$/ })).optional(),
  note: localized.optional(),
});
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const variant = z.object({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(scalar).optional(),
  const: scalar.optional(),
  format: z.string().optional(),
});
type Variant = z.infer<typeof variant>;

const property = variant.extend({
  anyOf: z.array(variant).optional(),
  default: scalar.optional().catch(undefined),
  secret: z.boolean().optional(),
  advanced: z.boolean().optional(),
  address: z.boolean().optional(),
  choiceNames: z.record(z.string(), z.string()).optional(),
  choiceFacts: z.record(z.string(), choiceFacts).optional(),
  label: localized.optional(),
  help: localized.optional(),
});
const document = z.object({ properties: z.record(z.string(), z.unknown()).default({}), required: z.array(z.string()).default([]) });

/**
 * What a form needs to know about each member of `settings`, in their order. Read from the JSON Schema of the input, where zod has
 * already looked through defaults, pipes and the like. Throws `TypeError` for metadata of a wrong form.
 */
export function toSettingFields(settings: z.ZodObject): readonly SettingField[] {
  const { properties, required } = document.parse(z.toJSONSchema(settings, { io: 'input', unrepresentable: 'any' }));
  return Object.entries(properties).map(([name, value]) => toField(name, value, required.includes(name)));
}

function toField(name: string, value: unknown, isRequired: boolean): SettingField {
  const parsed = property.safeParse(value);
  if (!parsed.success) throw new TypeError(`The metadata of the setting ${name} is wrong: ${z.prettifyError(parsed.error)}`);
  const { secret = false, advanced = false, address, label = { ru: name, en: name }, help, default: fallback } = parsed.data;
  const variants = (parsed.data.anyOf ?? [parsed.data]).flatMap(withoutNull);
  const choices = choicesOf(variants);
  return {
    name,
    kind: choices ? 'choice' : kindOf(variants),
    isRequired,
    isSecret: secret,
    isAdvanced: advanced,
    isAddress: address ?? variants.some(({ format }) => format === 'uri'),
    label,
    ...(help ? { help } : {}),
    ...(choices ? { choices, ...factsOfChoices(parsed.data) } : {}),
    ...(fallback === undefined || secret ? {} : { default: fallback }),
  };
}

function factsOfChoices({ choiceNames, choiceFacts: facts }: z.infer<typeof property>): Pick<SettingField, 'choiceNames' | 'choiceFacts'> {
  return { ...(choiceNames ? { choiceNames } : {}), ...(facts ? { choiceFacts: facts } : {}) };
}

/** A field that may be null is still a text field in a form. */
function withoutNull({ type, ...rest }: Variant): readonly Variant[] {
  const types = (Array.isArray(type) ? type : [type]).filter((each) => each !== 'null');
  return types.map((each) => ({ ...rest, type: each }));
}

function choicesOf(variants: readonly Variant[]): readonly string[] | undefined {
  const choices: string[] = [];
  for (const { enum: values, const: only } of variants) {
    const own = values ?? (only === undefined ? undefined : [only]);
    if (!own) return undefined;
    choices.push(...own.map(String));
  }
  return choices.length > 0 ? choices : undefined;
}

function kindOf(variants: readonly Variant[]): Exclude<SettingField['kind'], 'choice'> {
  const [first] = variants;
  switch (variants.length === 1 ? first?.type : undefined) {
    case 'string':
      return 'string';
    case 'number':
    case 'integer':
      return 'number';
    case 'boolean':
      return 'boolean';
    default:
      return 'json';
  }
}
