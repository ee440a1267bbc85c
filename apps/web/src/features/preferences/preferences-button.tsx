import { Palette } from 'lucide-react';
import type { ComponentProps } from 'react';
import { useTexts } from './use-texts.ts';

export function PreferencesButton(button: ComponentProps<'button'>) {
  const t = useTexts();
  return (
    <button type="button" {...button} className="foot-button">
      <Palette size={17} aria-hidden />
      {t.preferences_title()}
    </button>
  );
}
