import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { diagramFrame } from './scripts/diagram-frame-plugin.ts';
import { katexFonts } from './scripts/katex-fonts-plugin.ts';
import { messages } from './scripts/messages-plugin.ts';
import { precompress } from './scripts/precompress-plugin.ts';

const server = process.env.API_URL ?? 'http://localhost:3000';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [messages(), katexFonts(), react(), tailwindcss(), diagramFrame(), precompress()],
  // The highlighter loads its grammars when they are needed.
  worker: { format: 'es' },
  build: {
    target: 'baseline-widely-available',
    manifest: true,
    // The notices that the licences of what we ship ask for.
    license: { fileName: 'licenses.md' },
    // The page's policy allows no `data:` fonts.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
  server: {
    port: 5173,
    // The frame that draws diagrams has no origin.
    cors: { origin: [/^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/, 'null'] },
    // The host stays as the browser sent it: the server refuses writes whose origin is another.
    proxy: { '/api': { target: server, changeOrigin: false }, '/healthz': { target: server, changeOrigin: false } },
  },
});
