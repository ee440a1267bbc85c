import type { ProviderDto } from '@multimodel/contract';
import { ArrowDown, ArrowUp, Pencil, Plug, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useServices } from '../../app/services-context.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Switch } from '../../ui/switch.tsx';
import { useTexts } from '../preferences/use-texts.ts';
import { useSettingsTexts } from '../settings-pages/use-settings-texts.ts';
import { ProviderSource, ProviderState } from './provider-state.tsx';
import { ProviderTest } from './provider-test.ts';
import { useProviderTools } from './provider-tools.ts';
import { TestPanel } from './test-panel.tsx';

interface ProviderRowProps {
  readonly provider: ProviderDto;
  readonly pluginName: string;
  /** There are others of this plugin: only the name in front of its models surely tells it from them. */
  readonly hasNamesakes: boolean;
  readonly canMoveUp: boolean;
  readonly canMoveDown: boolean;
  readonly onMove: (step: 1 | -1) => void;
  readonly onDelete: () => void;
}

export function ProviderRow({ provider, pluginName, hasNamesakes, canMoveUp, canMoveDown, onMove, onDelete }: ProviderRowProps) {
  const t = useTexts();
  const s = useSettingsTexts();
  const { client } = useServices();
  const { actions, forms } = useProviderTools();
  const [test] = useState(() => new ProviderTest(client.providers));
  const { id, displayName: name, isEnabled, isDemo, source } = provider;
  const isOwn = source === 'user';
  const runTest = async () => {
    await test.runStored(id);
    await actions.refresh();
  };
  return (
    <li className="provider-row" data-provider={id}>
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <h2 className="flex flex-wrap items-center gap-x-2 font-medium">
            <Link to={`/settings/providers/${id}`} className="provider-link">
              {name}
            </Link>
            {isDemo && name.toLowerCase() !== t.model_demo().toLowerCase() && <span className="badge">{t.model_demo()}</span>}
            {forms.isDirty(provider) && <span className="badge">{s.form_unsaved_badge()}</span>}
          </h2>
          {(pluginName !== name || hasNamesakes) && (
            <p className="text-[13px] break-words text-muted" translate="no">
              {[pluginName === name ? undefined : pluginName, hasNamesakes ? provider.slug : undefined].filter(Boolean).join(' · ')}
            </p>
          )}
        </div>
        {(isOwn || source === 'built-in') && (
          <Switch
            aria-label={s.providers_enabled({ name })}
            checked={isEnabled}
            onSwitch={(isOn) => void actions.setEnabled(provider, isOn)}
          />
        )}
      </div>
      <ProviderState provider={provider} />
      <ProviderSource provider={provider} />
      <div className="provider-tools">
        <button
          type="button"
          className="button button-quiet"
          aria-label={s.test_run_named({ name })}
          disabled={!isEnabled}
          onClick={() => void runTest()}
        >
          <Plug size={16} aria-hidden />
          {s.test_run()}
        </button>
        {isOwn && (
          <>
            <IconButton label={s.providers_up({ name })} data-move="up" disabled={!canMoveUp} onClick={() => onMove(-1)}>
              <ArrowUp size={17} aria-hidden />
            </IconButton>
            <IconButton label={s.providers_down({ name })} data-move="down" disabled={!canMoveDown} onClick={() => onMove(1)}>
              <ArrowDown size={17} aria-hidden />
            </IconButton>
            <Link
              to={`/settings/providers/${id}`}
              className="icon-button"
              aria-label={s.providers_edit({ name })}
              title={s.providers_edit({ name })}
            >
              <Pencil size={16} aria-hidden />
            </Link>
            <IconButton label={s.providers_delete({ name })} onClick={onDelete}>
              <Trash2 size={16} aria-hidden />
            </IconButton>
          </>
        )}
      </div>
      <TestPanel test={test} onRetry={() => void runTest()} />
    </li>
  );
}
