import type { Localized, SettingField } from '@multimodel/core';
import { z } from 'zod';

declare module 'zod' {
  interface GlobalMeta {
    /** Stored encrypted, never shown again. */
    secret?: boolean | undefined;
    /** Name of the field in forms. */
    label?: Localized | undefined;
    /** One sentence under the field. */
    help?: Localized | undefined;
  }
}

interface Unwrapped {
  readonly schema: z.core.$ZodTypes;
  readonly isRequired: boolean;
  readonly meta: z.GlobalMeta;
  readonly default?: unknown;
}

const localized = z.object({ ru: z.string().min(1), en: z.string().min(1) });
const fieldMeta = z.object({ secret: z.boolean().optional(), label: localized.optional(), help: localized.optional() });

/** What a form needs to know about each member of `settings`, in their order. Throws `TypeError` for metadata of a wrong form. */
export function toSettingFields(settings: z.ZodObject): readonly SettingField[] {
  return Object.entries(settings.shape).map(([name, schema]) => toField(name, unwrap(schema)));
}

function toField(name: string, { schema, isRequired, meta, default: fallback }: Unwrapped): SettingField {
  const parsed = fieldMeta.safeParse(meta);
  if (!parsed.success) throw new TypeError(`The metadata of the setting ${name} is wrong: ${z.prettifyError(parsed.error)}`);
  const { secret = false, label = { ru: name, en: name }, help } = parsed.data;
  const choices = choicesOf(schema);
  return {
    name,
    kind: choices ? 'choice' : kindOf(schema),
    isRequired,
    isSecret: secret,
    label,
    ...(help ? { help } : {}),
    ...(choices ? { choices } : {}),
    ...(isPlain(fallback) && !secret ? { default: fallback } : {}),
  };
}

/** Metadata belongs to the outermost schema that has it: `.meta()` may stand before or after `.optional()`. */
function unwrap(outer: z.core.$ZodType): Unwrapped {
  let schema = known(outer);
  let isRequired = true;
  let meta: z.GlobalMeta = {};
  let fallback: unknown;
  for (;;) {
    meta = { ...z.globalRegistry.get(schema), ...meta };
    const { def } = schema._zod;
    if (def.type === 'optional' || def.type === 'default' || def.type === 'prefault' || def.type === 'catch') isRequired = false;
    if ((def.type === 'default' || def.type === 'prefault') && fallback === undefined) fallback = def.defaultValue;
    const inner = innerOf(def);
    if (!inner) return { schema, isRequired, meta, default: fallback };
    schema = known(inner);
  }
}

function innerOf(def: z.core.$ZodTypes['_zod']['def']): z.core.$ZodType | undefined {
  switch (def.type) {
    case 'optional':
    case 'default':
    case 'prefault':
    case 'catch':
    case 'nullable':
    case 'readonly':
    case 'nonoptional':
      return def.innerType;
    case 'pipe':
      return known(def.in)._zod.def.type === 'transform' ? def.out : def.in;
    case 'lazy':
      return def.getter();
    default:
      return undefined;
  }
}

/** zod asks library authors to narrow by `def.type` through this union; its generic type alone does not know its kinds. */
function known(schema: z.core.$ZodType): z.core.$ZodTypes {
  return schema as z.core.$ZodTypes;
}

function kindOf({ _zod: { def } }: z.core.$ZodTypes): Exclude<SettingField['kind'], 'choice'> {
  switch (def.type) {
    case 'string':
    case 'template_literal':
      return 'string';
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    default:
      return 'json';
  }
}

function choicesOf({ _zod: { def } }: z.core.$ZodTypes): readonly string[] | undefined {
  if (def.type === 'enum') return Object.values(def.entries).map(String);
  if (def.type === 'literal') return def.values.map(String);
  if (def.type !== 'union') return undefined;
  const parts = def.options.map((option) => choicesOf(known(option)));
  return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
}

function isPlain(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
