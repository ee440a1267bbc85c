import type { ConfigProblem } from './config-error.ts';

export interface ConfigFile {
  readonly path: string;
  readonly content: Readonly<Record<string, unknown>>;
}

/** Reads a text file; undefined when there is none. */
export type ReadText = (path: string) => string | undefined;

const defaultPath = 'mmc.config.json';

/** The file of `MMC_CONFIG`, or `./mmc.config.json` where there is one. */
export function readConfigFile(env: NodeJS.ProcessEnv, readText: ReadText, problems: ConfigProblem[]): ConfigFile {
  const path = env['MMC_CONFIG'] || defaultPath;
  const nothing = { path, content: {} };
  const text = readText(path);
  if (text === undefined) {
    if (env['MMC_CONFIG']) problems.push({ key: 'MMC_CONFIG', source: 'environment', message: `the file ${path} does not exist.` });
    return nothing;
  }
  const parsed = parseJson(text);
  if ('error' in parsed) {
    problems.push({ key: path, source: 'configuration file', message: `is not valid JSON: ${parsed.error}.` });
    return nothing;
  }
  if (!isObject(parsed.value)) {
    problems.push({ key: path, source: 'configuration file', message: 'must hold one JSON object: {...}.' });
    return nothing;
  }
  const { $schema: _forEditors, ...content } = parsed.value;
  return { path, content };
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Puts the variables of `{"env": "NAME"}` in place. One that is not set becomes undefined and a problem. */
export function resolveReferences(
  value: unknown,
  path: string,
  context: { env: NodeJS.ProcessEnv; source: string; problems: ConfigProblem[] },
): unknown {
  if (Array.isArray(value)) return value.map((item, index) => resolveReferences(item, `${path}[${index}]`, context));
  if (!isObject(value)) return value;
  const name = value['env'];
  if (typeof name === 'string' && Object.keys(value).length === 1) {
    const found = context.env[name];
    if (found) return found;
    context.problems.push({ key: path, source: context.source, message: `the environment variable ${name} is not set.` });
    return undefined;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, resolveReferences(member, path === '' ? key : `${path}.${key}`, context)]),
  );
}

function parseJson(text: string): { readonly value: unknown } | { readonly error: string } {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return { value };
  } catch (error) {
    // The engine quotes what it found; in this file that may be a key.
    const position = error instanceof Error ? /position (\d+)/.exec(error.message)?.[1] : undefined;
    return { error: position === undefined ? 'it ends too early or is empty' : `look at ${lineAndColumn(text, Number(position))}` };
  }
}

function lineAndColumn(text: string, position: number): string {
  const before = text.slice(0, position).split('\n');
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
