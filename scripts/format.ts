import { binaryOf } from './checks/tools.ts';
import { runNode } from './process/run-command.ts';

const { exitCode, output } = await runNode([binaryOf('@biomejs/biome', 'biome'), 'check', '--write', ...process.argv.slice(2)]);
console.log(output.trimEnd());
process.exitCode = exitCode;
