import { Route, Routes } from 'react-router';
import { narrowQuery, useMediaQuery } from '../../ui/use-media-query.ts';
import { MissingPage } from '../chat/missing-page.tsx';
import { useTexts } from '../preferences/use-texts.ts';
import { ChoosePluginPage } from '../providers/choose-plugin-page.tsx';
import { NewProviderPage } from '../providers/new-provider-page.tsx';
import { ProviderPage } from '../providers/provider-page.tsx';
import { ProvidersPage } from '../providers/providers-page.tsx';
import { GeneralPage } from './general-page.tsx';
import { SettingsIndex } from './settings-nav.tsx';
import { SettingsPage } from './settings-page.tsx';
import { useCloseOnEscape, useCloseSettings } from './use-close-settings.ts';
import { useSettingsTexts } from './use-settings-texts.ts';

export { SettingsSidebar } from './settings-nav.tsx';

/** Everything under `/settings`. Loaded when somebody comes here. */
export function SettingsPages() {
  const t = useTexts();
  useCloseOnEscape(useCloseSettings());
  return (
    <Routes>
      <Route index element={<FirstPage />} />
      <Route path="general" element={<GeneralPage />} />
      <Route path="providers" element={<ProvidersPage />} />
      <Route path="providers/new" element={<ChoosePluginPage />} />
      <Route path="providers/new/:plugin" element={<NewProviderPage />} />
      <Route path="providers/:id" element={<ProviderPage />} />
      <Route path="*" element={<MissingPage title={t.missing_page_title()} text={t.missing_page_text()} />} />
    </Routes>
  );
}

/** On phones the list of pages; elsewhere that list stands beside, and the first page is open. */
function FirstPage() {
  const s = useSettingsTexts();
  const isNarrow = useMediaQuery(narrowQuery);
  if (!isNarrow) return <GeneralPage />;
  return (
    <SettingsPage title={s.pages_title()} isTop>
      <SettingsIndex />
    </SettingsPage>
  );
}
