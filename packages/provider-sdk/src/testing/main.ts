import { parseArgs } from 'node:util';
import { loadPlugin, PluginLoadError } from '../load/load-plugin.ts';
import { conformanceOf, reportConformance } from './conformance-report.ts';
import { remoteServiceCases } from './remote-service-cases.ts';

/**
 * Tries a plugin module, or a service that speaks the remote protocol, and prints a line of JSON for each case and one for the whole.
 * Ends with 0 (all passed), 1 (some failed), 65 (nothing that could be tried).
 */
async function main(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...argv], allowPositionals: true, options: { token: { type: 'string' } } });
  const [target] = positionals;
  if (target === undefined) return refuse('Name a module or the address of a remote provider.');
  let passed = 0;
  let failed = 0;
  try {
    for await (const result of /^https?:/.test(target) ? remoteServiceCases(target, values.token) : await casesOf(target)) {
      if (result.passed) passed += 1;
      else failed += 1;
      print({ type: 'case', ...result });
    }
  } catch (error) {
    if (error instanceof PluginLoadError) return refuse(error.message);
    throw error;
  }
  print({ type: 'summary', passed, failed });
  return failed === 0 ? 0 : 1;
}

async function casesOf(module: string) {
  const loaded = await loadPlugin(module, process.cwd());
  const options = conformanceOf(loaded);
  if ('fault' in options) throw new PluginLoadError(options.fault);
  print({ type: 'plugin', id: loaded.plugin.id, displayName: loaded.plugin.displayName });
  return reportConformance(loaded, options);
}

function refuse(message: string): number {
  print({ type: 'error', message });
  return 65;
}

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

process.exitCode = await main(process.argv.slice(2));
// Whatever the plugin left open must not keep this program.
setTimeout(() => process.exit(), 1000).unref();
