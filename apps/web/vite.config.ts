import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { katexFonts } from './scripts/katex-fonts-plugin.ts';
import { messages } from './scripts/messages-plugin.ts';
import { precompress } from './scripts/precompress-plugin.ts';

const server = process.env.API_URL ?? 'http://localhost:3000';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [messages(), katexFonts(), react(), tailwindcss(), precompress()],
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
    proxy: { '/api': server, '/healthz': server },
  },
});
