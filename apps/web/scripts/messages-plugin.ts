import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const script = fileURLToPath(new URL('./messages.ts', import.meta.url));
const catalogue = fileURLToPath(new URL('../src/messages/', import.meta.url));

function compile(): void {
  execFileSync(process.execPath, [script], { stdio: 'inherit' });
}

/** Compiles the texts before a build and after each change. In a process of its own: the compiler's leftover timers would hold the build for half a minute. */
export function messages(): Plugin {
  return {
    name: 'messages',
    buildStart: () => compile(),
    configureServer(server) {
      server.watcher.on('change', (file) => {
        if (file.startsWith(catalogue)) compile();
      });
    },
  };
}
