import { CliError } from '../cli-error.ts';
import type { Context } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { parseAnswer } from '../processes/json-answer.ts';
import { askEntry } from '../processes/run-entry.ts';
import type { Texts } from '../texts/texts.ts';

export async function migrate(
  { env, stdout, texts }: Context,
  args: readonly string[],
  { json = false }: { json?: boolean },
): Promise<number> {
  const answer = await askEntry({ entry: 'server', args: [...args, '--migrate-only'], env });
  const report = parseAnswer(answer.stdout);
  if (answer.exitCode !== 0 || !report) {
    const exit = answer.exitCode === exitCodes.configuration ? 'configuration' : 'failed';
    throw new CliError(exit, answer.stderr.trim());
  }
  const applied = Array.isArray(report['applied']) ? report['applied'].map(String) : [];
  const backup = typeof report['backup'] === 'string' ? report['backup'] : undefined;
  stdout.write(json ? `${JSON.stringify({ applied, backup })}\n` : inWords({ applied, backup }, texts));
  return exitCodes.ok;
}

function inWords({ applied, backup }: { applied: readonly string[]; backup: string | undefined }, texts: Texts): string {
  const done = applied.length > 0 ? texts.say('migrated', { names: applied.join(', ') }) : texts.say('migratedNothing');
  return backup === undefined ? `${done}\n` : `${done}\n${texts.say('migratedBackup', { path: backup })}\n`;
}
