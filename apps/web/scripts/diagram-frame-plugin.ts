import { join, resolve } from 'node:path';
import { build, type Plugin } from 'vite';

/**
 * Builds the frame that draws diagrams: beside the page and apart from it, so that they share no file. What the frame may load the
 * server gives to anybody, and nothing of the frame comes with the page's first load.
 */
export function diagramFrame(): Plugin {
  let root = '';
  let outDir = '';
  return {
    name: 'diagram-frame',
    apply: 'build',
    configResolved: (config) => {
      root = config.root;
      outDir = resolve(config.root, config.build.outDir);
    },
    writeBundle: {
      sequential: true,
      async handler() {
        await build({
          configFile: false,
          root: join(root, 'diagram'),
          base: '/diagram/',
          publicDir: false,
          logLevel: 'warn',
          build: {
            outDir: join(outDir, 'diagram'),
            emptyOutDir: true,
            target: 'baseline-widely-available',
            license: { fileName: 'licenses.md' },
            assetsInlineLimit: 0,
            chunkSizeWarningLimit: 1_500,
            rolldownOptions: { input: join(root, 'diagram', 'frame.html') },
          },
        });
      },
    },
  };
}
