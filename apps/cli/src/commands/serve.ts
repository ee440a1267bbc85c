import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '../context.ts';
import { entries } from '../processes/entries.ts';
import { runEntry } from '../processes/run-entry.ts';

const builtPage = join(entries.server, '..', '..', '..', '..', 'apps', 'web', 'dist', 'index.html');

export async function serve(
  { env, stderr, texts }: Context,
  args: readonly string[],
  { json = false }: { json?: boolean },
): Promise<number> {
  const isAboutToServe =
    !args.includes('--help') && env['MMC_PUBLIC_DIR'] === undefined && !args.some((arg) => arg.startsWith('--public-dir'));
  if (isAboutToServe && !existsSync(builtPage)) stderr.write(`${texts.say('pageNotBuilt')}\n`);
  return runEntry({ entry: 'server', args: json ? [...args, '--json-ready'] : args, env });
}
