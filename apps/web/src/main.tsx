import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import './app/styles.css';
import { App } from './app/app.tsx';
import { createServices } from './app/services.ts';
import { applyPreferences } from './features/preferences/apply-theme.ts';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root');

const services = createServices();
applyPreferences(services.preferences);
window.addEventListener('online', () => services.connection.browserChanged());
window.addEventListener('offline', () => services.connection.browserChanged());
window.addEventListener('pagehide', () => services.undoables.commitAll());
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && services.conversations.refreshAll());

createRoot(root).render(
  <StrictMode>
    <App services={services} />
  </StrictMode>,
);
