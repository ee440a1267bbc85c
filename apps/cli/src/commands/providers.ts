import { allPages } from '../all-pages.ts';
import { type Context, clientFor } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { inColumns } from '../terminal/columns.ts';
import { toSafeLine } from '../terminal/safe-text.ts';
import { stateText } from './state-text.ts';

export async function providers(context: Context, { url, json }: { url: string; json?: boolean | undefined }): Promise<number> {
  const { stdout, stderr, texts } = context;
  const client = clientFor(context, url);
  const items = await allPages((page) => client.providers.list(page));
  const headings = (['columnProvider', 'columnName', 'columnPlugin', 'columnState', 'columnProblem'] as const).map((key) => texts.say(key));
  const rows = items.map(({ slug, displayName, plugin, state, problem }) => [
    ...[slug, displayName, plugin].map(toSafeLine),
    stateText(state, texts),
    toSafeLine(problem?.message ?? ''),
  ]);
  if (json) stdout.write(`${JSON.stringify({ items })}\n`);
  else if (items.length === 0) stderr.write(`${texts.say('noProviders')}\n`);
  else stdout.write(inColumns([headings, ...rows]));
  return exitCodes.ok;
}
