import type { ProviderDto } from '@multimodel/contract';
import { textOfCode } from '../chat/error-text.ts';
import { useSettingsTexts } from '../settings-pages/use-settings-texts.ts';

/** A dot, and the same in words: colour says nothing by itself. */
export function ProviderState({ provider }: { readonly provider: ProviderDto }) {
  const s = useSettingsTexts();
  const { problem, isEnabled } = provider;
  const state = isEnabled ? provider.state : 'disabled';
  const why = problem && state !== 'disabled' ? textOfCode(problem.code) : undefined;
  const words = { ready: s.state_ready(), disabled: s.state_disabled(), failing: s.state_failing(), unconfigured: s.state_unconfigured() };
  return (
    <p className="provider-state">
      <span className="state-dot mt-1.5" data-state={state} />
      <span className="min-w-0">
        {why ? why.title : words[state]}
        {why && <span className="block text-muted">{why.action}</span>}
      </span>
    </p>
  );
}

/** Where it is described, when not here. */
export function ProviderSource({ provider }: { readonly provider: ProviderDto }) {
  const s = useSettingsTexts();
  const texts = { config: s.source_config, environment: s.source_environment, 'built-in': s.source_built_in };
  if (provider.source === 'user') return null;
  return <p className="text-[13px] text-muted">{texts[provider.source]()}</p>;
}
