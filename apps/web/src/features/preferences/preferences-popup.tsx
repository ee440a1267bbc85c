import { Menu } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useServices } from '../../app/services-context.ts';
import type { Language, Theme } from '../../state/preferences-store.ts';
import { languages, themes } from './choices.ts';
import { PreferencesButton } from './preferences-button.tsx';
import { useTexts } from './use-texts.ts';
import { useChangeSettings } from './use-user-settings.ts';

export function PreferencesPopup() {
  const t = useTexts();
  const { theme, language, sendOnEnter } = useStore(useServices().preferences);
  const { change } = useChangeSettings();
  const themeText = { system: t.theme_system, light: t.theme_light, dark: t.theme_dark };
  return (
    <Menu.Root>
      <Menu.Trigger render={<PreferencesButton />} />
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="start" className="z-40">
          <Menu.Popup className="menu">
            <Menu.RadioGroup value={theme} onValueChange={(next: Theme) => void change({ theme: next })}>
              <Menu.GroupLabel className="menu-label">{t.theme_label()}</Menu.GroupLabel>
              {themes.map((item) => (
                <Choice key={item} value={item}>
                  {themeText[item]()}
                </Choice>
              ))}
            </Menu.RadioGroup>
            <Menu.Separator className="menu-separator" />
            <Menu.RadioGroup value={language} onValueChange={(next: Language) => void change({ language: next })}>
              <Menu.GroupLabel className="menu-label">{t.language_label()}</Menu.GroupLabel>
              {languages.map(({ id, name }) => (
                <Choice key={id} value={id}>
                  <span lang={id}>{name}</span>
                </Choice>
              ))}
            </Menu.RadioGroup>
            <Menu.Separator className="menu-separator" />
            <Menu.CheckboxItem className="menu-item" checked={sendOnEnter} onCheckedChange={(next) => void change({ sendOnEnter: next })}>
              <span className="flex-1">{t.send_on_enter()}</span>
              <Menu.CheckboxItemIndicator>
                <Check size={16} aria-hidden />
              </Menu.CheckboxItemIndicator>
            </Menu.CheckboxItem>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function Choice({ value, children }: { readonly value: string; readonly children: ReactNode }) {
  return (
    <Menu.RadioItem value={value} className="menu-item">
      <span className="flex-1">{children}</span>
      <Menu.RadioItemIndicator>
        <Check size={16} aria-hidden />
      </Menu.RadioItemIndicator>
    </Menu.RadioItem>
  );
}
