import type { BrokenPluginDto } from '@multimodel/contract';
import { TriangleAlert } from 'lucide-react';
import { useSettingsTexts } from '../settings-pages/use-settings-texts.ts';

/** Plugins that the configuration names and the server could not load, in its words. */
export function BrokenPlugins({ broken }: { readonly broken: readonly BrokenPluginDto[] }) {
  const s = useSettingsTexts();
  if (broken.length === 0) return null;
  return (
    <section className="form-alert mb-4" aria-label={s.broken_title()}>
      <TriangleAlert size={18} className="mt-0.5 shrink-0 text-danger" aria-hidden />
      <div className="min-w-0">
        <p className="font-medium">{s.broken_title()}</p>
        <ul className="mt-1 space-y-2">
          {broken.map(({ module, message }) => (
            <li key={module} className="break-words" translate="no">
              <code className="text-[13px]">{module}</code>
              <span lang="en" className="block text-[13px] text-muted">
                {message}
              </span>
            </li>
          ))}
        </ul>
        <p className="mt-2 text-[13px]">{s.broken_help()}</p>
      </div>
    </section>
  );
}
