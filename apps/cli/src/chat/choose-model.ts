import type { Client } from '@multimodel/client';
import type { ModelDto } from '@multimodel/contract';
import { allPages } from '../all-pages.ts';
import { CliError } from '../cli-error.ts';
import { toSafeLine } from '../terminal/safe-text.ts';
import type { Texts } from '../texts/texts.ts';

const mostNames = 8;

/** As `chooseModel`, over the server's list; where a provider that could not list its models may be why, that is said. */
export async function findModel(client: Client, wanted: string, texts: Texts): Promise<string> {
  const models = await allPages((page) => client.models.list(page));
  try {
    return chooseModel(models, wanted, texts);
  } catch (error) {
    const providers = error instanceof CliError ? await allPages((page) => client.providers.list(page)) : [];
    const isMeant = (slug: string): boolean => !wanted.includes('/') || wanted.startsWith(`${slug}/`);
    const silent = providers.filter(
      ({ slug, state }) => state === 'failing' && isMeant(slug) && !models.some(({ provider }) => provider === slug),
    );
    if (!(error instanceof CliError) || silent.length === 0) throw error;
    const problems = silent.map(
      ({ slug, problem }) => `${texts.say('doctorProvider', { name: slug })}: ${toSafeLine(problem?.message ?? '')}`,
    );
    throw new CliError('retryable', [error.message, ...problems].join('\n'), { code: error.code, cause: error });
  }
}

/** The chat model that a person means: its whole name, or a part that only one has. */
export function chooseModel(models: readonly ModelDto[], wanted: string, texts: Texts): string {
  const ids = models.filter(({ kind }) => kind === 'chat').map(({ id }) => id);
  if (ids.includes(wanted)) return wanted;
  const matches = ids.filter((id) => id.toLowerCase().includes(wanted.toLowerCase()));
  const [only, ...others] = matches;
  if (only !== undefined && others.length === 0) return only;
  const name = toSafeLine(wanted);
  if (ids.length === 0) throw new CliError('configuration', texts.say('noModels'), { code: 'provider_not_configured' });
  const listed = (matches.length > 0 ? matches : ids).map(toSafeLine);
  const names = listed.slice(0, mostNames).join(', ') + (listed.length > mostNames ? ', …' : '');
  const message =
    matches.length > 0
      ? texts.say('ambiguousModel', { name, names })
      : `${texts.say('noSuchModel', { name })} ${texts.say('nearModels', { names })}`;
  throw new CliError('badInput', message, { code: 'model_not_found' });
}
