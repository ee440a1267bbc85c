import type { ProviderCheckDto, ProviderTestDto } from '@multimodel/contract';
import { ChevronRight, CircleCheck, CircleMinus, CircleX, LoaderCircle } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { describeError } from '../chat/error-text.ts';
import { useLanguage, useTexts } from '../preferences/use-texts.ts';
import { useSettingsTexts } from '../settings-pages/use-settings-texts.ts';
import type { ProviderTest } from './provider-test.ts';

interface TestPanelProps {
  readonly test: ProviderTest;
  readonly onRetry: () => void;
}

/** What the live test does and what it found, in words. */
export function TestPanel({ test, onRetry }: TestPanelProps) {
  const { state } = useStore(test.store);
  useEffect(() => () => test.cancel(), [test]);
  return (
    <div className="test-panel" aria-live="polite">
      {state.kind === 'running' && <Running onCancel={() => test.cancel()} />}
      {state.kind === 'done' && <Result result={state.result} isOutdated={state.isOutdated} />}
      {state.kind === 'failed' && <NotRun error={state.error} onRetry={onRetry} />}
    </div>
  );
}

function Running({ onCancel }: { readonly onCancel: () => void }) {
  const t = useTexts();
  const s = useSettingsTexts();
  const seconds = useSeconds();
  return (
    <div className="test-box flex items-center gap-3">
      <LoaderCircle size={18} className="spinner shrink-0 text-muted" aria-hidden />
      <p className="min-w-0 flex-1">
        {s.test_running()}
        {seconds >= 3 && (
          <span aria-hidden className="text-muted">
            {' '}
            {s.test_seconds({ seconds })}
          </span>
        )}
      </p>
      <button type="button" className="button button-quiet" onClick={onCancel}>
        {t.cancel()}
      </button>
    </div>
  );
}

function useSeconds(): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = window.setInterval(() => setSeconds((value) => value + 1), 1_000);
    return () => window.clearInterval(timer);
  }, []);
  return seconds;
}

function Result({ result, isOutdated }: { readonly result: ProviderTestDto; readonly isOutdated: boolean }) {
  const s = useSettingsTexts();
  const panel = useSeen();
  const made = result.checks.filter((check): check is MadeCheck => check.state !== 'skipped');
  return (
    <div ref={panel} className="test-box" data-outdated={isOutdated || undefined} data-ok={result.ok}>
      <p className="font-medium">{result.ok ? s.test_passed() : s.test_not_passed()}</p>
      {isOutdated && <p className="text-muted">{s.test_outdated()}</p>}
      <ul className="mt-2 space-y-1.5">
        {made.map((check) => (
          <Check key={check.name} check={check} />
        ))}
        {made.length < result.checks.length && (
          <li className="check" data-state="skipped">
            <CircleMinus size={17} className="check-icon" aria-hidden />
            {s.check_rest_skipped()}
          </li>
        )}
      </ul>
      {result.models.length > 0 && <FoundModels models={result.models} />}
    </div>
  );
}

/** What was found comes into view, and with it the buttons below: what to do next. */
function useSeen() {
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // In braces: newer browsers answer with a promise, which is no clean-up.
    panel.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return panel;
}

type MadeCheck = ProviderCheckDto & { readonly state: 'passed' | 'failed' };

function Check({ check }: { readonly check: MadeCheck }) {
  const s = useSettingsTexts();
  const language = useLanguage();
  const icons = { passed: CircleCheck, failed: CircleX };
  const states = { passed: s.check_passed(), failed: s.check_failed() };
  const Icon = icons[check.state];
  return (
    <li className="check" data-state={check.state}>
      <Icon size={17} className="check-icon" role="img" aria-label={states[check.state]} />
      <span className="min-w-0">{check.message[language]}</span>
    </li>
  );
}

function FoundModels({ models }: { readonly models: ProviderTestDto['models'] }) {
  const s = useSettingsTexts();
  return (
    <details className="mt-3">
      <summary className="fold">
        <ChevronRight size={15} aria-hidden className="fold-mark" />
        {s.test_models()}
      </summary>
      <ul className="model-names" translate="no">
        {models.map(({ id, name }) => (
          <li key={id}>{name}</li>
        ))}
      </ul>
    </details>
  );
}

function NotRun({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const t = useTexts();
  const s = useSettingsTexts();
  const panel = useSeen();
  const { title, action } = describeError(error);
  return (
    <div ref={panel} className="test-box" data-ok="false">
      <p className="font-medium">{s.test_not_run()}</p>
      <p className="text-muted">
        {title}. {action}
      </p>
      <button type="button" className="button button-quiet mt-2" onClick={onRetry}>
        {t.retry()}
      </button>
    </div>
  );
}
