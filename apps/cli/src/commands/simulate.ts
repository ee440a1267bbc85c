import type { Context } from '../context.ts';
import { runEntry } from '../processes/run-entry.ts';

export function simulate({ env, stdout }: Context, args: readonly string[], { json = false }: { json?: boolean }): Promise<number> {
  if (!json) return runEntry({ entry: 'simulators', args, env });
  let output: string | undefined = '';
  return runEntry({ entry: 'simulators', args, env }, (text) => {
    if (output === undefined) return;
    output += text;
    const url = /https?:\/\/\S+(?=\s)/.exec(output)?.[0];
    if (url === undefined) return;
    stdout.write(`${JSON.stringify({ ready: true, url })}\n`);
    output = undefined;
  });
}
