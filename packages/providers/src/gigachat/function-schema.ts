import type { JsonObject, JsonValue } from '@multimodel/core';

/** What the vendor understands beside `type`, `properties`, `items`, `enum` and `required`. */
const kept = ['description', 'minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems'] as const;
const formats: readonly unknown[] = ['date', 'date-time', 'time'];
/** Of a schema that refers to itself: nobody fills in more. */
const deepest = 12;

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
const objectOf = (value: unknown): JsonObject => (isObject(value) ? value : {});
const isList = (value: JsonValue | undefined): value is readonly JsonValue[] => Array.isArray(value);
const listOf = (value: JsonValue | undefined): readonly JsonValue[] => (isList(value) ? value : []);

/**
 * A JSON Schema in the part of the language that GigaChat takes: references are put in place, of several variants the first that is
 * no null stands for all, every node has a type, every object its properties and every list its items.
 */
export function reduceSchema(schema: JsonObject): JsonObject {
  return reduceNode(schema, { root: schema, depth: 0 });
}

interface Place {
  readonly root: JsonObject;
  readonly depth: number;
}

function reduceNode(node: JsonObject, place: Place): JsonObject {
  const plain = resolve(node, place);
  const type = typeOf(plain);
  const base = { type, ...pick(plain), ...enumOf(plain, type), ...formatOf(plain) };
  const inner = { ...place, depth: place.depth + 1 };
  if (type === 'object') return { ...base, ...membersOf(plain, inner) };
  if (type !== 'array') return base;
  const [first] = listOf(plain['prefixItems']);
  const items = isObject(plain['items']) ? plain['items'] : objectOf(first);
  return { ...base, items: place.depth < deepest ? reduceNode(items, inner) : { type: 'string' } };
}

function membersOf(node: JsonObject, place: Place): JsonObject {
  if (place.depth > deepest) return { properties: {} };
  const properties = Object.entries(objectOf(node['properties'])).map(
    ([name, value]) => [name, reduceNode(objectOf(value), place)] as const,
  );
  const names = properties.map(([name]) => name);
  const required = listOf(node['required']).filter((name) => typeof name === 'string' && names.includes(name));
  return { properties: Object.fromEntries(properties), ...(required.length > 0 ? { required } : {}) };
}

/** Without references, variants and compositions. */
function resolve(node: JsonObject, place: Place, steps = 0): JsonObject {
  if (steps > deepest) return {};
  const { $ref, anyOf, oneOf, allOf, ...own } = node;
  const target = typeof $ref === 'string' ? find(place.root, $ref) : undefined;
  const variant = [...listOf(anyOf), ...listOf(oneOf)].filter(isObject).find((each) => each['type'] !== 'null');
  const parts = [target, variant, ...listOf(allOf).filter(isObject)].filter((part) => part !== undefined);
  if (parts.length === 0) return own;
  return [...parts.map((part) => resolve(part, place, steps + 1)), own].reduce(merge);
}

/** The later one wins, but members of both stay. */
function merge(a: JsonObject, b: JsonObject): JsonObject {
  const properties = { ...objectOf(a['properties']), ...objectOf(b['properties']) };
  const required = [...new Set([...listOf(a['required']), ...listOf(b['required'])])];
  return {
    ...a,
    ...b,
    ...(Object.keys(properties).length > 0 ? { properties } : {}),
    ...(required.length > 0 ? { required } : {}),
  };
}

/** `#/$defs/name`; another document cannot be fetched here. */
function find(root: JsonObject, reference: string): JsonObject {
  if (!reference.startsWith('#')) return {};
  const steps = reference
    .slice(1)
    .split('/')
    .filter((step) => step !== '');
  let node: JsonValue | undefined = root;
  for (const step of steps) node = objectOf(node)[decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~')];
  return objectOf(node);
}

function typeOf(node: JsonObject): string {
  const types = (Array.isArray(node['type']) ? node['type'] : [node['type']]).filter((type) => typeof type === 'string' && type !== 'null');
  if (typeof types[0] === 'string') return types[0];
  if (isObject(node['properties'])) return 'object';
  if (node['items'] !== undefined || node['prefixItems'] !== undefined) return 'array';
  return typeOfValue(listOf(node['enum'])[0] ?? node['const']);
}

function typeOfValue(value: JsonValue | undefined): string {
  return typeof value === 'number' || typeof value === 'boolean' ? typeof value : 'string';
}

function pick(node: JsonObject): JsonObject {
  return Object.fromEntries(kept.flatMap((name) => (node[name] === undefined ? [] : [[name, node[name]]])));
}

/** Lists of values are for texts only; any other one is told in the description. */
function enumOf(node: JsonObject, type: string): JsonObject {
  const values = node['const'] === undefined ? listOf(node['enum']).filter((value) => value !== null) : [node['const']];
  if (values.length === 0) return {};
  if (type === 'string') return { enum: values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))) };
  const told = `One of: ${values.map((value) => JSON.stringify(value)).join(', ')}`;
  return { description: typeof node['description'] === 'string' ? `${node['description']} (${told})` : told };
}

function formatOf({ format }: JsonObject): JsonObject {
  return format !== undefined && formats.includes(format) ? { format } : {};
}
