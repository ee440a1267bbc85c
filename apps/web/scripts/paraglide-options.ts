import { fileURLToPath } from 'node:url';
import type { CompilerOptions } from '@inlang/paraglide-js';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Used by the Vite plugin and by `messages.ts`, so that both write the same files. */
const common = {
  outputStructure: 'locale-modules',
  strategy: ['globalVariable', 'baseLocale'],
  isServer: 'false',
  disableAsyncLocalStorage: true,
  emitGitIgnore: false,
  emitPrettierIgnore: false,
  emitReadme: false,
  includeEslintDisableComment: false,
} as const satisfies Partial<CompilerOptions>;

/**
 * Two catalogues: all texts of one land in one chunk, and those of the settings pages must not be in the first load. In this
 * order: the first clears its folder, which holds the second.
 */
export const catalogues: readonly CompilerOptions[] = [
  { ...common, project: at('../project.inlang'), outdir: at('../src/paraglide') },
  { ...common, project: at('../settings.inlang'), outdir: at('../src/paraglide/settings') },
];
