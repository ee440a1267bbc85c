import { isRecord, type Json, toList, toRecord, toText } from './json.ts';

/** A value that fits a JSON Schema, always the same one. */
export function sampleOf(schema: Json, name = ''): unknown {
  const allowed = toList(schema['enum']);
  if (allowed.length > 0) return allowed[0];
  const type = toText(schema['type']) || (isRecord(schema['properties']) ? 'object' : 'string');
  switch (type) {
    case 'object':
      return sampleObject(schema);
    case 'array': {
      const items = toRecord(schema['items']);
      return toText(items['type']) === 'integer' ? [5, 4, 1] : [sampleOf(items, name)];
    }
    case 'integer':
    case 'number':
      return 5;
    case 'boolean':
      return true;
    default:
      return name === 'city' ? 'Казань' : 'пример';
  }
}

export function sampleObject(schema: Json): Json {
  const properties = Object.entries(toRecord(schema['properties']));
  return Object.fromEntries(properties.map(([name, property]) => [name, sampleOf(toRecord(property), name)]));
}

/** Open-weight models put spaces into their JSON; so do the recorded answers of the native ones. */
export function spacedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spacedJson).join(', ')}]`;
  if (!isRecord(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${spacedJson(each)}`);
  return `{${members.join(', ')}}`;
}
