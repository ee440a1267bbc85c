// The one entry of every npm command. Plain JavaScript for any Node from 18 on: it brings Node 24 when the
// one at hand is older, installs and builds what is stale, and runs the command. Nothing else knows about old Nodes.
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { commands, usage } from './launcher/commands.mjs';
import { LaunchError } from './launcher/launch-error.mjs';
import { ensureNode } from './launcher/node-runtime.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const say = (/** @type {string} */ line) => void process.stderr.write(`${line}\n`);

/** @param {readonly string[]} argv */
async function launch([name = '--help', ...args]) {
  const command = commands.get(name);
  if (command === undefined) {
    say(name === '--help' || name === '-h' ? usage() : `There is no command "${name}".\n\n${usage()}`);
    return name === '--help' || name === '-h' ? 0 : 2;
  }
  process.chdir(root);
  const node = await ensureNode({ root, say });
  return command.run({ root, node, args, say });
}

try {
  process.exitCode = await launch(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof LaunchError)) throw error;
  say(`\n${error.message}`);
  process.exitCode = 1;
}
