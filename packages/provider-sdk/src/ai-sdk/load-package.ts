import { readFile } from 'node:fs/promises';
import { findPackageJSON, isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Localized, ProviderError } from '@multimodel/core';
import { z } from 'zod';
import { parseJson } from '../decode/parse-json.ts';
import { createProviderError } from '../errors/provider-error.ts';
import { type AiSdkLanguageModel, aiSdkSpecifications, isAiSdkLanguageModel } from './language-model.ts';

/** Which package, and what its factory is called with. */
export interface AiSdkPackage {
  /** For example `@ai-sdk/mistral`. */
  readonly name: string;
  /** Where it is installed: the folder with `node_modules`. */
  readonly folder: string;
  /** Name of the export that makes a provider. Absent: the one that looks like it, such as `createMistral`. */
  readonly factory?: string | undefined;
  readonly options: Readonly<Record<string, unknown>>;
  /** Slug of the configured provider; named in errors. */
  readonly providerId: string;
}

type Factory = (options: Readonly<Record<string, unknown>>) => unknown;

const packageName = /^(?:@[a-z0-9~-][\w.~-]*\/)?[a-z0-9~-][\w.~-]*$/u;
const dependencies = z.record(z.string(), z.unknown()).nullish();
const manifest = z.object({
  dependencies,
  peerDependencies: dependencies,
  exports: z.json().nullish().catch(undefined),
  main: z.string().nullish().catch(undefined),
});
type Manifest = z.output<typeof manifest>;

/** Of the ways into a package those that an `import` of Node may take. */
const conditions = ['node', 'import', 'module-sync', 'default'];

const texts = {
  noName: (name: string): Localized => ({
    ru: `«${name}» — не имя пакета npm. Нужно имя вроде @ai-sdk/mistral`,
    en: `"${name}" is no name of an npm package. It takes one like @ai-sdk/mistral`,
  }),
  missing: (name: string, folder: string): Localized => ({
    ru: `Пакет ${name} не установлен. Выполните в папке ${folder}: npm install ${name}`,
    en: `The package ${name} is not installed. Run in ${folder}: npm install ${name}`,
  }),
  other: (name: string): Localized => ({
    ru: `${name} — не пакет AI SDK: он не зависит от @ai-sdk/provider`,
    en: `${name} is no package of the AI SDK: it does not depend on @ai-sdk/provider`,
  }),
  broken: (name: string, why: string): Localized => ({
    ru: `Пакет ${name} не загрузился: ${why}`,
    en: `The package ${name} could not be loaded: ${why}`,
  }),
  noFactory: (name: string, found: string): Localized => ({
    ru: `Непонятно, чем пакет ${name} создаёт провайдера. Впишите в настройку factory одно из имён: ${found}`,
    en: `It is unclear what makes a provider in ${name}. Put one of these names into the setting factory: ${found}`,
  }),
  noModel: (name: string, versions: string): Localized => ({
    ru: `Модель пакета ${name} не по спецификациям ${versions}. Обновите пакет`,
    en: `The model of ${name} does not follow the specifications ${versions}. Update the package`,
  }),
} as const;

/**
 * Imports an installed package of the AI SDK and makes its provider. Answers with a function that makes a model of it. Throws
 * `invalid_request` that says what to do: a missing package is told with the command that installs it.
 *
 * @example
 * const modelOf = await loadAiSdkPackage({ name: '@ai-sdk/mistral', folder: process.cwd(), options: { apiKey }, providerId: slug });
 * const model = createAiSdkChatModel(modelOf('mistral-small-latest'), { providerId: slug });
 */
export async function loadAiSdkPackage(wanted: AiSdkPackage): Promise<(modelId: string) => AiSdkLanguageModel> {
  const exports = await importEntry(await findEntry(wanted), wanted);
  const provider = chooseFactory(exports, wanted)(wanted.options);
  return (modelId) => {
    const model = makeModel(provider, modelId);
    if (isAiSdkLanguageModel(model)) return model;
    throw fault(texts.noModel(wanted.name, aiSdkSpecifications.join(', ')), wanted);
  };
}

/** The name comes from settings: nothing is imported but packages that were installed for the AI SDK. */
async function findEntry(wanted: AiSdkPackage): Promise<URL> {
  const { name, folder } = wanted;
  if (!packageName.test(name) || isBuiltin(name)) throw fault(texts.noName(name), wanted);
  const path = findManifest(name, folder);
  if (path === undefined) throw fault(texts.missing(name, folder), wanted);
  const found = manifest.safeParse(parseJson(await readFile(path, 'utf8'))).data ?? {};
  const needs = Object.keys({ ...found.dependencies, ...found.peerDependencies });
  if (!needs.some((each) => each === 'ai' || each.startsWith('@ai-sdk/provider'))) throw fault(texts.other(name), wanted);
  return pathToFileURL(join(dirname(path), entryOf(found)));
}

function entryOf({ exports, main }: Manifest): string {
  const root = isObject(exports) && '.' in exports ? exports['.'] : exports;
  return targetOf(root) ?? main ?? 'index.js';
}

function targetOf(target: unknown): string | undefined {
  if (typeof target === 'string') return target;
  if (!isObject(target)) return undefined;
  for (const [condition, value] of Object.entries(target)) {
    const found = conditions.includes(condition) ? targetOf(value) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

function findManifest(name: string, folder: string): string | undefined {
  try {
    return findPackageJSON(name, pathToFileURL(join(folder, 'importer.js')));
  } catch {
    return undefined; // Node throws for what is not there.
  }
}

async function importEntry(entry: URL, wanted: AiSdkPackage): Promise<Readonly<Record<string, unknown>>> {
  try {
    const exports: unknown = await import(entry.href);
    return isObject(exports) ? exports : {};
  } catch (error) {
    throw fault(texts.broken(wanted.name, error instanceof Error ? error.message : String(error)), wanted);
  }
}

/** `createMistral` in `@ai-sdk/mistral`; of several the one that has the name of the package in it. */
function chooseFactory(exports: Readonly<Record<string, unknown>>, wanted: AiSdkPackage): Factory {
  const found = Object.keys(exports).filter((name) => typeof exports[name] === 'function' && /^create[A-Z]/u.test(name));
  const named = found.filter((name) => letters(wanted.name).includes(letters(name.slice('create'.length))));
  const likely = named.length > 0 ? named : found;
  const [chosen, ...others] = wanted.factory === undefined ? likely : [wanted.factory];
  const factory = chosen === undefined || others.length > 0 ? undefined : exports[chosen];
  if (isFactory(factory)) return factory;
  throw fault(texts.noFactory(wanted.name, found.join(', ') || '—'), wanted);
}

const letters = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/gu, '');
const isFactory = (value: unknown): value is Factory => typeof value === 'function';

function makeModel(provider: unknown, modelId: string): unknown {
  if (typeof provider === 'function' && !('languageModel' in provider)) return Reflect.apply(provider, undefined, [modelId]);
  const make: unknown = typeof provider === 'function' || isObject(provider) ? Reflect.get(provider, 'languageModel') : undefined;
  return typeof make === 'function' ? Reflect.apply(make, provider, [modelId]) : undefined;
}

/** The fault lies in the settings of this provider: another one may do. */
function fault(words: Localized, { providerId, name }: AiSdkPackage): ProviderError {
  return createProviderError('invalid_request', words, { providerId, mayFailOver: true, details: { setting: 'package', package: name } });
}
