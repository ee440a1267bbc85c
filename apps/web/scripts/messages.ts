// Compiles the message catalogues into src/paraglide (not in git). Run before type checks and tests: `node apps/web/scripts/messages.ts`.
import { compile } from '@inlang/paraglide-js';
import { catalogues } from './paraglide-options.ts';

for (const options of catalogues) await compile(options);
// The compiler leaves 30-second timers behind, which would keep the process that long.
process.exit(0);
