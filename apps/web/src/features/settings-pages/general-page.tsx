import { type ReactNode, useState } from 'react';
import { useStore } from 'zustand';
import { useServices } from '../../app/services-context.ts';
import type { Language, Preferences, Theme } from '../../state/preferences-store.ts';
import { SwitchRow } from '../../ui/switch-row.tsx';
import { languages, themes } from '../preferences/choices.ts';
import { useTexts } from '../preferences/use-texts.ts';
import { useChangeSettings } from '../preferences/use-user-settings.ts';
import { SettingsPage } from './settings-page.tsx';
import { useSettingsTexts } from './use-settings-texts.ts';

type Change = Partial<Pick<Preferences, 'theme' | 'language' | 'sendOnEnter'>>;

/** Each choice works at once and is saved for the account; a quiet word says when it is. */
export function GeneralPage() {
  const t = useTexts();
  const s = useSettingsTexts();
  const { preferences } = useServices();
  const { theme, language, sendOnEnter, hasCharacterKeys } = useStore(preferences);
  const { change } = useChangeSettings();
  const [saved, setSaved] = useState<'no' | 'saving' | 'yes'>('no');
  const save = async (next: Change) => {
    setSaved('saving');
    setSaved((await change(next)) ? 'yes' : 'no');
  };
  const themeText = { system: t.theme_system, light: t.theme_light, dark: t.theme_dark };
  return (
    <SettingsPage title={s.general_title()}>
      <Choices label={t.theme_label()}>
        {themes.map((item: Theme) => (
          <Choice key={item} name="theme" isChosen={item === theme} onChoose={() => void save({ theme: item })}>
            {themeText[item]()}
          </Choice>
        ))}
      </Choices>
      <Choices label={t.language_label()}>
        {languages.map(({ id, name }: { readonly id: Language; readonly name: string }) => (
          <Choice key={id} name="language" isChosen={id === language} onChoose={() => void save({ language: id })}>
            <span lang={id}>{name}</span>
          </Choice>
        ))}
      </Choices>
      <SwitchRow
        title={t.send_on_enter()}
        help={sendOnEnter ? t.composer_enter_hint() : t.composer_ctrl_enter_hint()}
        checked={sendOnEnter}
        onSwitch={(isOn) => void save({ sendOnEnter: isOn })}
      />
      <SwitchRow
        title={s.general_character_keys()}
        help={s.general_character_keys_help()}
        checked={hasCharacterKeys}
        onSwitch={(isOn) => preferences.setState({ hasCharacterKeys: isOn })}
      />
      <p role="status" className="min-h-6 text-sm text-muted">
        {saved === 'yes' ? s.general_saved() : ''}
      </p>
    </SettingsPage>
  );
}

function Choices({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <fieldset className="choices">
      <legend className="mb-2 font-medium">{label}</legend>
      <div className="choice-row">{children}</div>
    </fieldset>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  readonly children: ReactNode;
}

function Choice({ name, isChosen, onChoose, children }: ChoiceProps) {
  return (
    <label className="choice">
      <input type="radio" name={name} className="sr-only" checked={isChosen} onChange={onChoose} />
      {children}
    </label>
  );
}
