import { lazy, Suspense } from 'react';
import { loadPart } from '../../ui/load-part.ts';
import { PreferencesButton } from './preferences-button.tsx';

const popup = loadPart(() => import('./preferences-popup.tsx'));
const PreferencesPopup = lazy(async () => ({ default: (await popup).PreferencesPopup }));

export function PreferencesMenu() {
  return (
    <Suspense fallback={<PreferencesButton disabled />}>
      <PreferencesPopup />
    </Suspense>
  );
}
