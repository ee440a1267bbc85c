import type { Command } from 'commander';

export interface DescribedOption {
  readonly long: string;
  readonly short?: string | undefined;
  readonly takesValue: boolean;
  readonly about: string;
}

export interface DescribedCommand {
  readonly name: string;
  readonly about: string;
  readonly options: readonly DescribedOption[];
  /** Words that may stand as its first argument. */
  readonly words: readonly string[];
}

const wordsOf: Readonly<Record<string, readonly string[]>> = {
  completion: ['bash', 'zsh', 'fish'],
  simulate: ['yandexgpt', 'gigachat'],
  plugin: ['new', 'test'],
};

/** The commands as far as a shell needs to know them: read from the program itself, so that nothing is said twice. */
export function describeProgram(program: Command): readonly DescribedCommand[] {
  return program.commands.map((command) => ({
    name: command.name(),
    about: command.description(),
    options: command
      .createHelp()
      .visibleOptions(command)
      .flatMap(({ long, short, description, required }) => (long ? [{ long, short, takesValue: required, about: description }] : [])),
    words: wordsOf[command.name()] ?? [],
  }));
}
