import { runAllChecks } from './checks/all-checks.ts';

const names = process.argv.slice(2);
const { failed, text } = await runAllChecks(names, (line) => console.log(line));
console.log(text);
if (failed > 0) process.exitCode = 1;
