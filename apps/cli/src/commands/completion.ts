import type { Command } from 'commander';
import { CliError } from '../cli-error.ts';
import { bashCompletion } from '../completion/bash.ts';
import { describeProgram } from '../completion/describe-program.ts';
import { fishCompletion } from '../completion/fish.ts';
import { zshCompletion } from '../completion/zsh.ts';
import type { Context } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';

const shells = new Map([
  ['bash', bashCompletion],
  ['zsh', zshCompletion],
  ['fish', fishCompletion],
]);

export function completion({ stdout, texts }: Context, shell: string, program: Command): number {
  const write = shells.get(shell);
  if (!write) throw new CliError('usage', texts.say('badShell', { value: shell }));
  stdout.write(write(describeProgram(program)));
  return exitCodes.ok;
}
