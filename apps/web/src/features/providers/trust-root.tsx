import { useMutation, useQueryClient } from '@tanstack/react-query';
import { LoaderCircle, ShieldCheck } from 'lucide-react';
import { useRef } from 'react';
import { useServices } from '../../app/services-context.ts';
import { describeError } from '../chat/error-text.ts';
import { useLanguage } from '../preferences/use-texts.ts';
import { useSettingsTexts } from '../settings-pages/use-settings-texts.ts';
import { usePlugins, useProviderTools } from './provider-tools.ts';
import { pluginsQuery } from './providers-query.ts';

interface TrustRootProps {
  readonly pluginId: string;
  /** The root was fetched, and what was refused for want of it may go well now. */
  readonly onTrusted: () => void;
}

/** Offers to have the root certificate fetched that the vendor's servers need, for plugins that name one. */
export function TrustRoot({ pluginId, onTrusted }: TrustRootProps) {
  const s = useSettingsTexts();
  const language = useLanguage();
  const root = usePlugins().plugins.find(({ id }) => id === pluginId)?.trustedRoot;
  const section = useRef<HTMLElement>(null);
  const trust = useTrust(pluginId, () => {
    // The button that had the focus is gone.
    section.current?.focus();
    onTrusted();
  });
  if (!root) return null;
  const name = root.name[language];
  return (
    <section ref={section} tabIndex={-1} className="test-box" aria-label={s.trust_title()}>
      <p className="check" data-state={root.isTrusted ? 'passed' : 'skipped'}>
        <ShieldCheck size={18} className="check-icon" aria-hidden />
        <span className="min-w-0">{root.isTrusted ? s.trust_done({ name }) : s.trust_why({ name })}</span>
      </p>
      {!root.isTrusted && (
        <button type="button" className="button button-quiet mt-2" aria-disabled={trust.isPending} onClick={trust.run}>
          {trust.isPending && <LoaderCircle size={16} className="spinner" aria-hidden />}
          {trust.isPending ? s.trust_running() : s.trust_fetch()}
        </button>
      )}
      <div role="status">{trust.error !== null && <TrustFailure error={trust.error} />}</div>
    </section>
  );
}

function TrustFailure({ error }: { readonly error: unknown }) {
  const s = useSettingsTexts();
  const { title, facts } = describeError(error);
  return <p className="mt-2 text-danger">{s.trust_failed({ reason: facts?.message ?? title })}</p>;
}

function useTrust(pluginId: string, onTrusted: () => void) {
  const { client } = useServices();
  const { actions } = useProviderTools();
  const queries = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => client.providers.trust(pluginId),
    onSuccess: async () => {
      await Promise.all([queries.invalidateQueries({ queryKey: pluginsQuery(client).queryKey }), actions.refresh()]);
      onTrusted();
    },
  });
  const run = () => {
    if (!isPending) mutate();
  };
  return { run, isPending, error };
}
