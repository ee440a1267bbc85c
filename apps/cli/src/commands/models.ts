import type { ModelDto } from '@multimodel/contract';
import { allPages } from '../all-pages.ts';
import { moneyText } from '../chat/facts.ts';
import { type Context, clientFor } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { inColumns } from '../terminal/columns.ts';
import { toSafeLine } from '../terminal/safe-text.ts';
import type { Texts } from '../texts/texts.ts';
import { stateText } from './state-text.ts';

export interface ModelsOptions {
  readonly url: string;
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
}

export async function models(context: Context, { url, json, quiet }: ModelsOptions): Promise<number> {
  const { stdout, stderr, texts } = context;
  const client = clientFor(context, url);
  // What makes embeddings cannot be talked to: `--json` has them, too.
  const all = await allPages((page) => client.models.list(page));
  const items = json ? all : all.filter(({ kind }) => kind === 'chat');
  if (json) stdout.write(`${JSON.stringify({ items })}\n`);
  else if (quiet) stdout.write(items.map(({ id }) => `${toSafeLine(id)}\n`).join(''));
  else if (items.length === 0) stderr.write(`${texts.say('noModels')}\n`);
  else stdout.write(inColumns([headings(texts), ...items.map((model) => row(model, texts))]));
  return exitCodes.ok;
}

function headings(texts: Texts): readonly string[] {
  return (['columnModel', 'columnName', 'columnContext', 'columnPrice', 'columnState'] as const).map((key) => texts.say(key));
}

function row({ id, name, contextWindow, price, state }: ModelDto, texts: Texts): readonly string[] {
  const money = (amount: number): string => (price ? moneyText(amount, { currency: price.currency, texts }) : '');
  const prices = price ? texts.say('priceInOut', { input: money(price.inputPerMillion), output: money(price.outputPerMillion) }) : '–';
  return [toSafeLine(id), toSafeLine(name), contextWindow?.toLocaleString(texts.language) ?? '–', prices, stateText(state, texts)];
}
