import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..', '..', '..');

/** Programs of other parts that commands start: by path, because this part knows only the client. */
export const entries = {
  server: join(root, 'packages', 'server', 'src', 'main.ts'),
  simulators: join(root, 'packages', 'simulators', 'src', 'main.ts'),
  conformance: join(root, 'packages', 'provider-sdk', 'src', 'testing', 'main.ts'),
  /** Ends what we started when we are gone. */
  guard: join(root, 'scripts', 'launcher', 'end-with-parent.mjs'),
} as const;

/** What `mmc plugin new` begins with. */
export const pluginTemplate = join(root, 'examples', 'plugin-hello', 'hello.ts');
