import { fileFault } from '@multimodel/storage';
import type { ConfigProblem } from './config-error.ts';
import { findJsonFault } from './json-fault.ts';

export interface ConfigFile {
  readonly path: string;
  readonly content: Readonly<Record<string, unknown>>;
}

/** Reads a text file; undefined when there is none. Throws what the system says, or a `TypeError` when it is not UTF-8. */
export type ReadText = (path: string) => string | undefined;

const defaultPath = 'mmc.config.json';

/** The file of `MMC_CONFIG`, or `./mmc.config.json` where there is one. */
export function readConfigFile(env: NodeJS.ProcessEnv, readText: ReadText, problems: ConfigProblem[]): ConfigFile {
  const path = env['MMC_CONFIG'] || defaultPath;
  const found = readContent(path, readText);
  if ('content' in found) return { path, content: found.content };
  if (found.message !== undefined) problems.push({ key: path, source: 'configuration file', message: found.message });
  else if (env['MMC_CONFIG']) problems.push({ key: 'MMC_CONFIG', source: 'environment', message: `the file ${path} does not exist.` });
  return { path, content: {} };
}

type Found = { readonly content: ConfigFile['content'] } | { readonly message: string | undefined };

function readContent(path: string, readText: ReadText): Found {
  try {
    const text = readText(path);
    if (text === undefined) return { message: undefined };
    return text.trim() === '' ? { message: 'is empty; it must hold one JSON object: {...}.' } : parseContent(text);
  } catch (error) {
    if (error instanceof TypeError) return { message: 'is not UTF-8 text: save it in this encoding.' };
    const fault = fileFault(error);
    if (fault === undefined) throw error;
    return { message: `cannot be read: ${fault}.` };
  }
}

function parseContent(text: string): Found {
  const parsed = parseJson(text);
  if ('message' in parsed) return parsed;
  if (!isObject(parsed.value)) return { message: 'must hold one JSON object: {...}.' };
  const { $schema: _forEditors, ...content } = parsed.value;
  return { content };
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export interface ReferenceContext {
  readonly env: NodeJS.ProcessEnv;
  readonly source: string;
  readonly problems: ConfigProblem[];
  /** Filled with the variable of each path that has one, set or not. */
  readonly references: Map<string, string>;
}

/** Puts the variables of `{"env": "NAME"}` in place. One that is not set becomes undefined and a problem. */
export function resolveReferences(value: unknown, path: string, context: ReferenceContext): unknown {
  if (Array.isArray(value)) return value.map((item, index) => resolveReferences(item, `${path}[${index}]`, context));
  if (!isObject(value)) return value;
  const name = value['env'];
  if (typeof name === 'string' && Object.keys(value).length === 1) {
    context.references.set(path, name);
    const found = context.env[name];
    if (found) return found;
    context.problems.push({ key: path, source: context.source, message: `the environment variable ${name} is not set.` });
    return undefined;
  }
  const members = Object.entries(value).map(
    ([key, member]) => [key, resolveReferences(member, path === '' ? key : `${path}.${key}`, context)] as const,
  );
  return Object.fromEntries(members.filter(([, member]) => member !== undefined));
}

function parseJson(text: string): { readonly value: unknown } | { readonly message: string } {
  try {
    const value: unknown = JSON.parse(text);
    return { value };
  } catch {
    // The engine quotes what it found; in this file that may be a key.
    const { line, column, reason } = findJsonFault(text);
    return { message: `is not valid JSON: line ${line}, column ${column}: ${reason}.` };
  }
}
