import { enableCompileCache } from 'node:module';

const longestGoodbyeMs = 2_000;

// Before anything else is loaded: a second start then parses nothing.
enableCompileCache();
const { start } = await import('./start.ts');
process.exitCode = await start(process.argv.slice(2), process.env);
// Everything is closed by now; a handle that some library forgot must not keep the process.
setTimeout(() => process.exit(), longestGoodbyeMs).unref();
