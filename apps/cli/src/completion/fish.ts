import type { DescribedCommand, DescribedOption } from './describe-program.ts';

export function fishCompletion(commands: readonly DescribedCommand[]): string {
  const names = commands.map(({ name, about }) => `complete -c mmc -n __fish_use_subcommand -f -a ${name} -d ${quote(about)}`);
  const lines = commands.flatMap(({ name, options, words }) => [
    ...words.map((word) => `complete -c mmc -n '__fish_seen_subcommand_from ${name}' -f -a ${word}`),
    ...options.map((option) => optionLine(name, option)),
  ]);
  return `# mmc for fish. Run once:  mmc completion fish > ~/.config/fish/completions/mmc.fish\n${[...names, ...lines].join('\n')}\n`;
}

function optionLine(command: string, { long, short, takesValue, about }: DescribedOption): string {
  const names = `-l ${long.slice(2)}${short ? ` -s ${short.slice(1)}` : ''}`;
  const values = long === '--model' ? " -x -a '(mmc models --quiet 2>/dev/null)'" : takesValue ? ' -x' : '';
  return `complete -c mmc -n '__fish_seen_subcommand_from ${command}' ${names}${values} -d ${quote(about)}`;
}

const quote = (text: string): string => `'${text.replaceAll(/['\\]/g, '\\$&')}'`;
