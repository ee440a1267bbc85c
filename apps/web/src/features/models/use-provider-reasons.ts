import type { ModelDto, ProviderDto } from '@multimodel/contract';
import { useQuery } from '@tanstack/react-query';
import { useServices } from '../../app/services-context.ts';
import { textOfCode } from '../chat/error-text.ts';
import { providersQuery } from '../providers/providers-query.ts';

export interface SilentProvider {
  readonly slug: string;
  readonly displayName: string;
  readonly reason: string;
}

export interface ProviderReasons {
  /** Why a provider does not answer, by its name. */
  readonly reasons: ReadonlyMap<string, string>;
  /** Those whose models are not even in the list. */
  readonly silent: readonly SilentProvider[];
}

/** Asked only while somebody looks at the list: models tell that something is wrong, providers tell what. */
export function useProviderReasons(models: readonly ModelDto[], isWanted: boolean): ProviderReasons {
  const { data = [] } = useQuery({ ...providersQuery(useServices().client), enabled: isWanted, refetchOnMount: 'always' });
  const failing = data.flatMap((provider) => reasonOf(provider) ?? []);
  return {
    reasons: new Map(failing.map(({ slug, reason }) => [slug, reason])),
    silent: failing.filter(({ slug }) => !models.some(({ provider }) => provider === slug)),
  };
}

function reasonOf({ slug, displayName, problem, isEnabled }: ProviderDto): SilentProvider | undefined {
  return problem && isEnabled ? { slug, displayName, reason: textOfCode(problem.code).title } : undefined;
}
