import type { CommanderError } from 'commander';
import { CliError } from './cli-error.ts';
import type { TextKey } from './texts/catalogue.ts';
import type { Texts } from './texts/texts.ts';

const keys: Readonly<Record<string, TextKey>> = {
  'commander.unknownOption': 'usageUnknownOption',
  'commander.unknownCommand': 'usageUnknownCommand',
  'commander.missingArgument': 'usageMissingArgument',
  'commander.optionMissingArgument': 'usageMissingValue',
  'commander.excessArguments': 'usageExcess',
};

/** The parser's complaint in the language of the terminal: its kind is a code, its names stand between quotes. */
export function toUsageError(
  { code, message }: CommanderError,
  { texts, command }: { readonly texts: Texts; readonly command: string },
): CliError {
  const key = keys[code];
  const names = /'([^']*)'/.exec(message)?.[1] ?? '';
  const nearest = /\(Did you mean (?:one of )?(.*)\?\)/.exec(message)?.[1];
  const sentences = [
    key === undefined ? message : texts.say(key, { names }),
    nearest !== undefined && texts.say('usageNearest', { names: nearest }),
    texts.say('usageHint', { command }),
  ];
  return new CliError('usage', sentences.filter(Boolean).join(' '));
}
