import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useStore } from 'zustand';
import { useServices } from '../../app/services-context.ts';
import { useTexts } from '../preferences/use-texts.ts';
import type { Command, CommandRegistry, CommandScope } from './command-registry.ts';
import { KeyCaps } from './key-caps.tsx';
import { shortcutCaps } from './shortcut.ts';
import { useScopedKeys } from './use-scoped-keys.ts';

type Section = CommandScope | 'everywhere';
const sections: readonly Section[] = ['everywhere', 'composer', 'messages', 'chats'];

/** Every key that does something now, drawn from the commands themselves. */
export function ShortcutSheet() {
  const t = useTexts();
  const { commands: registry } = useServices();
  useScopedKeys();
  const commands = useStore(registry.store, (state) => state.commands);
  const titles = {
    everywhere: t.sheet_everywhere,
    composer: t.sheet_composer,
    messages: t.sheet_messages,
    chats: t.sheet_chats,
  } as const satisfies Record<Section, () => string>;
  return (
    <>
      <div className="sheet-head">
        <Dialog.Title className="text-lg font-semibold">{t.sheet_title()}</Dialog.Title>
        <Dialog.Close className="icon-button" data-size="small" aria-label={t.close()}>
          <X size={16} aria-hidden />
        </Dialog.Close>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <section className="sheet-body" tabIndex={0} aria-label={t.sheet_title()}>
        {sections.map((section) => (
          <SheetSection key={section} title={titles[section]()} commands={keysOf(registry, commands, section)} />
        ))}
      </section>
    </>
  );
}

function keysOf(registry: CommandRegistry, commands: readonly Command[], section: Section): readonly Command[] {
  return commands.filter((command) => registry.shortcutsOf(command).length > 0 && (command.scope ?? 'everywhere') === section);
}

function SheetSection({ title, commands }: { readonly title: string; readonly commands: readonly Command[] }) {
  const { commands: registry } = useServices();
  if (commands.length === 0) return null;
  return (
    <section className="sheet-section">
      <h3 className="menu-label">{title}</h3>
      <dl>
        {commands.map((command) => (
          <div key={command.id} className="sheet-row">
            <dt>{command.title()}</dt>
            <dd>
              {registry.shortcutsOf(command).map((shortcut) => (
                <KeyCaps key={shortcutCaps(shortcut, registry.isMac).join('+')} shortcut={shortcut} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
