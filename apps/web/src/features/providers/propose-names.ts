import type { ProviderDto, ProviderPluginDto } from '@multimodel/contract';
import { chosenOf } from './choice-facts.ts';
import type { FieldEdits } from './field-edit.ts';

export interface ProposedNames {
  readonly displayName: string;
  readonly slug: string;
}

/** Names for a new provider that no other has: of the service that was chosen, or of the plugin. */
export function proposeNames(
  plugin: ProviderPluginDto,
  edits: FieldEdits,
  others: readonly Pick<ProviderDto, 'slug' | 'displayName'>[],
): ProposedNames {
  const services = plugin.fields.find(({ choiceFacts }) => choiceFacts);
  const chosen = services && chosenOf(services, edits, undefined);
  const name = (chosen && services?.choiceNames?.[chosen]) ?? plugin.displayName;
  const slug = chosen && isSlug(chosen) ? chosen : plugin.id;
  return {
    displayName: free(
      name,
      others.map((other) => other.displayName),
      ' ',
    ),
    slug: free(
      slug,
      others.map((other) => other.slug),
      '-',
    ),
  };
}

const isSlug = (text: string): boolean => /^[a-z0-9](?:[a-z0-9._-]{0,50}[a-z0-9])?$/.test(text);

function free(name: string, taken: readonly string[], separator: string): string {
  if (!taken.includes(name)) return name;
  let number = 2;
  while (taken.includes(`${name}${separator}${number}`)) number += 1;
  return `${name}${separator}${number}`;
}
