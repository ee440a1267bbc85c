import type { Command } from 'commander';
import { type ExitName, exitCodes } from '../exit-codes.ts';

const meanings: Readonly<Record<ExitName, string>> = {
  ok: 'done; an answer is whole. Also when a conversation was left',
  failed: 'failed, and the same again would fail too',
  usage: 'the command line is wrong: an unknown command or option, a value that cannot be',
  badInput: 'what was sent cannot be used: an empty or too long message, no such model or chat, not UTF-8',
  noServer: 'no Multimodel Chat answers at the address',
  retryable: 'failed in a way that may pass: a limit, an overloaded or unreachable vendor, a server stopped in mid-answer',
  configuration: 'the configuration or the credentials of a provider must be mended first',
  stopped: 'the answer was stopped by Ctrl-C; the text so far was printed',
};

export function exitCodeTable(): string {
  const names = Object.keys(meanings).filter((name): name is ExitName => name in exitCodes);
  return ['| code | meaning |', '|---:|---|', ...names.map((name) => `| ${exitCodes[name]} | ${meanings[name]} |`)].join('\n');
}

/** A heading and a table of options for each command, as the program describes itself. */
export function commandReference(program: Command): string {
  return program.commands.map(commandSection).join('\n\n');
}

function commandSection(command: Command): string {
  const help = command.createHelp();
  const rows = [
    ...help.visibleArguments(command).map((argument) => [help.argumentTerm(argument), argument.description]),
    ...help.visibleOptions(command).map((option) => [option.flags, option.description]),
  ];
  const usage = `### \`mmc ${command.name()} ${command.usage()}\`\n\n${sentence(command.description())}`;
  const table = ['| | |', '|---|---|', ...rows.map(([term = '', about = '']) => `| \`${term}\` | ${about.replaceAll('|', '\\|')} |`)];
  return `${usage}\n\n${table.join('\n')}`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** Puts `content` between the marks of a section that is made from the program. */
export function replaceSection(document: string, name: string, content: string): string {
  const [begin, end] = [`<!-- begin: ${name} -->`, `<!-- end: ${name} -->`];
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  if (from === -1 || to < from) throw new Error(`docs/cli.md has no section "${name}"`);
  return `${document.slice(0, from + begin.length)}\n\n${content}\n\n${document.slice(to)}`;
}
