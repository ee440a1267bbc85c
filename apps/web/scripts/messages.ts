// Compiles the message catalogue into src/paraglide (not in git). Run before type checks and tests: `node apps/web/scripts/messages.ts`.
import { compile } from '@inlang/paraglide-js';
import { paraglideOptions } from './paraglide-options.ts';

await compile(paraglideOptions);
// The compiler leaves 30-second timers behind, which would keep the process that long.
process.exit(0);
