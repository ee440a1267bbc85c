import { isRecord, type Json, toList, toRecord, toText } from '../host/json.ts';
import { badShape, invalidParams, Refusal } from './errors.ts';

export interface FunctionDefinition {
  readonly name: string;
  readonly parameters: Json;
  /** Questions that it must be called for, with the arguments. */
  readonly examples: readonly { readonly request: string; readonly params: Json }[];
}

export const builtInFunctions = ['text2image', 'get_file_content', 'text2model3d'] as const;
export type BuiltInFunction = (typeof builtInFunctions)[number];

const isBuiltIn = (name: string): name is BuiltInFunction => builtInFunctions.some((known) => known === name);

/** The functions of a request: our own, and the vendor's that it names. */
export function readFunctions(list: unknown): {
  readonly own: readonly FunctionDefinition[];
  readonly builtIn: readonly BuiltInFunction[];
} {
  if (list !== undefined && list !== null && !Array.isArray(list)) throw badShape();
  const entries = toList(list).map((entry) => {
    if (!isRecord(entry) || typeof entry['name'] !== 'string') throw badShape();
    return { name: entry['name'], definition: entry };
  });
  const wrong = entries.filter(({ name }) => !/^[A-Za-z_][\w.-]*$/u.test(name)).map(({ name }) => name);
  if (wrong.length > 0) {
    throw invalidParams(`Invalid function names. Only Latin letters, digits, '_', '-' and '.' are allowed: [${wrong.join(' ')}]`);
  }
  return {
    builtIn: entries.flatMap(({ name }) => (isBuiltIn(name) ? [name] : [])),
    own: entries.filter(({ name }) => !isBuiltIn(name)).map(({ name, definition }) => readDefinition(name, definition)),
  };
}

function readDefinition(name: string, definition: Json): FunctionDefinition {
  if (definition['parameters'] === undefined) throw new Refusal(404, `Function schema for ${name} not found`);
  const parameters = toRecord(definition['parameters']);
  const [missing] = missingMembers(parameters, '');
  if (missing !== undefined) throw new Refusal(422, `Field '${missing}' is missing`);
  const examples = toList(definition['few_shot_examples']).map(toRecord);
  return {
    name,
    parameters,
    examples: examples.map(({ request, params }) => ({ request: toText(request), params: toRecord(params) })),
  };
}

/** Paths of what every node of a schema must have and this one has not. */
export function missingMembers(schema: Json, path: string): readonly string[] {
  const at = (member: string): string => (path === '' ? member : `${path}.${member}`);
  const { type, properties, items } = schema;
  if (type === undefined) return [at('type')];
  if (type === 'object') {
    if (!isRecord(properties)) return [at('properties')];
    return Object.entries(properties).flatMap(([name, property]) => missingMembers(toRecord(property), at(`properties.${name}`)));
  }
  if (type !== 'array') return [];
  return isRecord(items) ? missingMembers(items, at('items')) : [at('items')];
}
