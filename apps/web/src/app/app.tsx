import { CSPProvider } from '@base-ui/react/csp-provider';
import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { BrowserRouter, Route, Routes } from 'react-router';
import { useStore } from 'zustand';
import { ChatPage } from '../features/chat/chat-page.tsx';
import { MissingPage } from '../features/chat/missing-page.tsx';
import { LanguageContext } from '../features/preferences/language-context.ts';
import { useTexts } from '../features/preferences/use-texts.ts';
import { loadPart } from '../ui/load-part.ts';
import { PageSkeleton } from '../ui/skeleton.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { Frame } from './frame.tsx';
import type { Services } from './services.ts';
import { ServicesContext } from './services-context.ts';

const SettingsPages = lazy(() =>
  loadPart(async () => ({ default: (await import('../features/settings-pages/settings-pages.tsx')).SettingsPages })),
);

const NoticeList = lazy(() => loadPart(async () => ({ default: (await import('../ui/notice-list.tsx')).NoticeList })));

export function App({ services }: { readonly services: Services }) {
  const language = useStore(services.preferences, (state) => state.language);
  return (
    <ErrorBoundary>
      <CSPProvider disableStyleElements>
        <ServicesContext value={services}>
          <LanguageContext value={language}>
            <QueryClientProvider client={services.queries}>
              <BrowserRouter>
                <Frame>
                  <Routes>
                    <Route path="/" element={<ChatPage />} />
                    <Route path="/chat/:chatId" element={<ChatPage />} />
                    <Route
                      path="/settings/*"
                      element={
                        <Suspense fallback={<PageSkeleton />}>
                          <SettingsPages />
                        </Suspense>
                      }
                    />
                    <Route path="*" element={<UnknownPage />} />
                  </Routes>
                </Frame>
              </BrowserRouter>
              <Suspense>
                <NoticeList />
              </Suspense>
            </QueryClientProvider>
          </LanguageContext>
        </ServicesContext>
      </CSPProvider>
    </ErrorBoundary>
  );
}

function UnknownPage() {
  const t = useTexts();
  return <MissingPage title={t.missing_page_title()} text={t.missing_page_text()} />;
}
