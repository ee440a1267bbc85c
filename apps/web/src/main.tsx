import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import './app/styles.css';
import { App } from './app/app.tsx';
import { followOthers } from './app/follow-others.ts';
import { createServices } from './app/services.ts';
import { takeFiles } from './app/take-files.ts';
import { applyPreferences } from './features/preferences/apply-theme.ts';
import { startTooltips } from './ui/tooltips.ts';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root');

const services = createServices();
applyPreferences(services.preferences);
window.addEventListener('online', () => services.connection.browserChanged());
window.addEventListener('offline', () => services.connection.browserChanged());
window.addEventListener('pagehide', () => services.undoables.commitAll());
// A part of the page that is gone: the server has another version by now, or is away.
window.addEventListener('vite:preloadError', () => void services.release.check());
followOthers(services);
takeFiles(services);
startTooltips();

createRoot(root).render(
  <StrictMode>
    <App services={services} />
  </StrictMode>,
);
