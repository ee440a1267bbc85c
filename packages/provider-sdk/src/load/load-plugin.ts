import { isAbsolute, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ProviderPlugin } from '@multimodel/core';
import { isPlugin, manifestFaults } from './plugin-manifest.ts';
import { importFrom } from './plugin-resolution.ts';

/** A module that holds a plugin. */
export interface PluginModule {
  readonly plugin: ProviderPlugin;
  /** Everything that the module exports, `conformance` for one. */
  readonly exports: Readonly<Record<string, unknown>>;
}

/** A module that cannot be used as a plugin: names what is wrong and what to do. */
export class PluginLoadError extends Error {
  override readonly name = 'PluginLoadError';
}

/** Plugins are code of others: one that never finishes loading must not keep a server from starting. */
const patienceMs = 10_000;

/**
 * Imports the plugin in `module`: a path (`./plugins/acme.ts`, relative to `folder`) or the name of a package that is installed there.
 * The plugin is its default export. Inside of it `@multimodel/provider-sdk` and `zod` can be imported without being installed.
 * Throws `PluginLoadError`.
 *
 * @example
 * const { plugin } = await loadPlugin('./plugins/acme.ts', '/srv/chat');
 */
export async function loadPlugin(module: string, folder: string): Promise<PluginModule> {
  const exports = await importModule(module, folder);
  if (!('default' in exports))
    throw new PluginLoadError(`It has no default export. Write: export default defineProvider({...}).${exportsOf(exports)}`);
  const plugin = exports['default'];
  if (!isPlugin(plugin)) {
    const faults = manifestFaults(plugin).map((fault) => (fault.startsWith('must') ? `its default export ${fault}` : fault));
    throw new PluginLoadError(`Its manifest is wrong: ${faults.join('; ')}.`);
  }
  return { plugin, exports };
}

async function importModule(module: string, folder: string): Promise<Readonly<Record<string, unknown>>> {
  const target = isAbsolute(module) ? pathToFileURL(module).href : module;
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new PluginLoadError(`It was still loading after ${patienceMs / 1000} seconds.`)), patienceMs);
  try {
    return await Promise.race([importFrom(target, pathToFileURL(join(folder, 'plugin-importer.js'))), late]);
  } catch (error) {
    throw error instanceof PluginLoadError ? error : new PluginLoadError(whyNotLoaded(error, module, folder), { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

function whyNotLoaded(error: unknown, module: string, folder: string): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const message = error instanceof Error ? error.message : String(error);
  switch (code) {
    case 'ERR_MODULE_NOT_FOUND':
      return missingModule(message, module, folder);
    case 'ERR_UNSUPPORTED_DIR_IMPORT':
      return 'It is a folder. Name the file in it.';
    case 'ERR_UNKNOWN_FILE_EXTENSION':
      return 'A plugin is a .ts, .mts, .js or .mjs file.';
    case 'ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING':
      return 'A package must ship JavaScript: TypeScript runs outside of node_modules only. Build it, or name its source by a path.';
    case 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX':
      return `It uses TypeScript that does more than name types (enum, namespace, parameter properties), which Node cannot run: ${message}`;
    default:
      return error instanceof SyntaxError ? `It is not valid code: ${message}` : `It failed while it was loaded: ${message}`;
  }
}

/** Of a path Node tells the whole of it, of a package its name. */
function missingModule(message: string, module: string, folder: string): string {
  const isPath = /^[./]/.test(module) || isAbsolute(module);
  const [, missing = ''] = /Cannot find (?:module|package) '([^']+)'/.exec(message) ?? [];
  const isItself = isPath ? missing === join(folder, module) || missing === module : missing === module;
  if (!isItself && missing !== '') return `It imports "${missing}", which is not there. Install it beside the plugin.`;
  return isPath ? `There is no such file: ${missing || module}.` : `There is no such package. In ${folder}: npm install ${module}`;
}

function exportsOf(exports: Readonly<Record<string, unknown>>): string {
  const names = Object.keys(exports);
  return names.length === 0 ? '' : ` It exports: ${names.join(', ')}.`;
}
