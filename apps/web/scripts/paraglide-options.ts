import { fileURLToPath } from 'node:url';
import type { CompilerOptions } from '@inlang/paraglide-js';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Used by the Vite plugin and by `messages.ts`, so that both write the same files. */
export const paraglideOptions: CompilerOptions = {
  project: at('../project.inlang'),
  outdir: at('../src/paraglide'),
  outputStructure: 'locale-modules',
  strategy: ['globalVariable', 'baseLocale'],
  isServer: 'false',
  disableAsyncLocalStorage: true,
  emitGitIgnore: false,
  emitPrettierIgnore: false,
  emitReadme: false,
  includeEslintDisableComment: false,
};
