import { type ReadText, readConfigFile } from './config-file.ts';
import { mergeSources, readCommandLine, readEnvironment, readFileSettings } from './read-sources.ts';

/** Modules of plugins, as the configuration names them. */
export interface NamedPlugins {
  readonly modules: readonly string[];
  /** The configuration file that names them: their paths count from its folder. Absent: from the working directory. */
  readonly from?: string | undefined;
  readonly cwd: string;
}

export interface NamedPluginsSources {
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly readText: ReadText;
  readonly cwd: string;
}

/**
 * The plugins must be there before the configuration can be read: they say which providers and which variables there are. What is wrong
 * with it is told by `loadConfig`.
 */
export function readNamedPlugins({ argv, env, readText, cwd }: NamedPluginsSources): NamedPlugins {
  const file = readConfigFile(env, readText, []);
  const sources = [readFileSettings(file, [], []), readEnvironment(env, []), readCommandLine(argv, [])];
  const { given, places } = mergeSources(sources, []);
  return { modules: given.plugins ?? [], from: places.plugins?.source === file.path ? file.path : undefined, cwd };
}
