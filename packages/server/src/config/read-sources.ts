import { type ParseArgsConfig, parseArgs } from 'node:util';
import { nearestSpelling } from '@multimodel/provider-sdk';
import type { Config, GivenPlace } from './config.ts';
import type { ConfigProblem } from './config-error.ts';
import { type GivenSettings, givenSettingsSchema, type Setting, type SettingKey, settingKeys, settings } from './setting.ts';

/** Values of one source under the keys of the table, not checked yet. */
export interface RawSettings {
  readonly source: string;
  readonly values: ReadonlyMap<SettingKey, { readonly name: string; readonly value: unknown }>;
}

const longestShown = 80;
const entries: readonly (readonly [SettingKey, Setting])[] = settingKeys.map((key) => [key, settings[key]]);

/** Variables that start with `MMC_` and are not settings: where the file is, and what the launcher, the command line and the tests use. */
const otherVariables = ['MMC_CONFIG', 'MMC_LANG', 'MMC_SERVER'] as const;
const otherPrefixes = /^MMC_(TEST|BENCH|LAUNCH|DEV)_/;

export function readEnvironment(env: NodeJS.ProcessEnv, problems: ConfigProblem[]): RawSettings {
  const source = 'environment';
  const known = new Set<string>([...entries.map(([, { variable }]) => variable), ...otherVariables]);
  for (const name of Object.keys(env)) {
    if (!name.startsWith('MMC_') || known.has(name) || otherPrefixes.test(name)) continue;
    problems.push({ key: name, source, message: 'is not a known setting.', nearest: nearestSpelling(name, known) });
  }
  const given = entries.flatMap(([key, { variable }]) => {
    const value = env[variable];
    // An empty variable is how shells and compose files say "not set".
    return value === undefined || value === '' ? [] : [[key, { name: variable, value }] as const];
  });
  return { source, values: new Map(given) };
}

/** Options that are no settings. */
export interface CommandLine extends RawSettings {
  readonly isJsonReady: boolean;
  readonly wantsHelp: boolean;
  readonly task: 'serve' | 'migrate' | 'inspect';
}

export function readCommandLine(argv: readonly string[], problems: ConfigProblem[]): CommandLine {
  const source = 'command line';
  const switches = ['json-ready', 'help', 'migrate-only', 'inspect'] as const;
  const flags = entries.flatMap(([key, { flag }]) => (flag === undefined ? [] : [[key, flag] as const]));
  const known = [...flags.map(([, flag]) => flag), ...switches];
  const options: NonNullable<ParseArgsConfig['options']> = {};
  for (const [, flag] of flags) options[flag] = { type: 'string' };
  for (const name of switches) options[name] = { type: 'boolean' };
  const { values, tokens } = parseArgs({ args: [...argv], options, strict: false, allowPositionals: true, tokens: true });
  let unknownAt = Number.NaN;
  for (const token of tokens) {
    if (token.kind === 'option' && !known.includes(token.name)) {
      const nearest = nearestSpelling(token.name, known);
      problems.push({ key: token.rawName, source, message: 'is not a known option.', nearest: nearest && `--${nearest}` });
      unknownAt = token.index;
    }
    // The word after an unknown option is its value, and no mistake of its own.
    if (token.kind === 'positional' && token.index !== unknownAt + 1) {
      problems.push({ key: token.value, source, message: 'is not an option.', allowed: 'options that begin with --' });
    }
  }
  const given = flags.flatMap(([key, flag]) => {
    const value = values[flag];
    return value === undefined ? [] : [[key, { name: `--${flag}`, value: value === true ? '' : value }] as const];
  });
  const isJsonReady = values['json-ready'] === true;
  return { source, values: new Map(given), isJsonReady, wantsHelp: values['help'] === true, task: taskOf(values) };
}

function taskOf(values: Readonly<Record<string, unknown>>): CommandLine['task'] {
  if (values['migrate-only'] === true) return 'migrate';
  return values['inspect'] === true ? 'inspect' : 'serve';
}

/** The known keys of the file's top level; `others` are handled elsewhere. */
export function readFileSettings(
  file: { readonly path: string; readonly content: Readonly<Record<string, unknown>> },
  others: readonly string[],
  problems: ConfigProblem[],
): RawSettings {
  const known = [...Object.keys(settings), ...others];
  for (const key of Object.keys(file.content)) {
    if (known.includes(key)) continue;
    problems.push({ key, source: file.path, message: 'is not a known setting.', nearest: nearestSpelling(key, known) });
  }
  const given = entries.flatMap(([key]) =>
    file.content[key] === undefined ? [] : [[key, { name: key, value: file.content[key] }] as const],
  );
  return { source: file.path, values: new Map(given) };
}

export interface MergedSettings {
  readonly given: GivenSettings;
  readonly places: Config['places'];
}

/** Later sources win; every value is checked, also one that is overruled. */
export function mergeSources(sources: readonly RawSettings[], problems: ConfigProblem[]): MergedSettings {
  const places: Partial<Record<SettingKey, GivenPlace>> = {};
  const merged: Partial<Record<SettingKey, unknown>> = {};
  for (const { source, values } of sources) {
    for (const [key, { name, value }] of values) {
      if (givenSettingsSchema.shape[key].safeParse(value).success) {
        merged[key] = value;
        places[key] = { key: name, source };
      } else problems.push({ key: name, source, message: badValue(settings[key], value), allowed: settings[key].allowed });
    }
  }
  return { given: givenSettingsSchema.parse(merged), places };
}

function badValue(setting: Setting, value: unknown): string {
  if (setting.isSecret) return 'has a value that cannot be used.';
  const shown = JSON.stringify(value);
  return `${shown.length > longestShown ? `${shown.slice(0, longestShown)}…` : shown} cannot be used.`;
}
