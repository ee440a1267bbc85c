import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoadCommands } from '../load/load-commands.ts';
import { makeTemporaryFolder } from '../process/temporary-folder.ts';
import { startWorker } from '../process/worker-process.ts';
import { createVendor } from '../scenario/bench-context.ts';
import { startOurs } from '../subject/start-subjects.ts';
import type { VendorCommands } from '../vendor/vendor-commands.ts';
import { type CpuProfile, type FunctionTime, partOf, selfTimes, totalTimes } from './self-times.ts';

const shownParts = 20;
const shownFunctions = 40;

/** Runs our server under V8's sampling profiler and a streaming load, and tells where the time went. */
export async function profileServer(seconds: number): Promise<string> {
  await using stack = new AsyncDisposableStack();
  const worker = stack.use(await startWorker<VendorCommands>(new URL('../vendor/mock-vendor.ts', import.meta.url)));
  const vendor = createVendor(worker, await worker.call('listen', undefined));
  const load = stack.use(await startWorker<LoadCommands>(new URL('../load/load-generator.ts', import.meta.url)));
  const folder = stack.use(await makeTemporaryFolder('profile'));
  await vendor.pace({ firstMs: 10, gapMs: 1 });
  const nodeOptions = ['--cpu-prof', '--cpu-prof-dir', folder.path, '--cpu-prof-interval', '500'];
  {
    await using subject = await startOurs({ vendorUrl: vendor.url, nodeOptions });
    await load.call('run', { target: subject.target, arrivals: { kind: 'closed', slots: 64, seconds, staggerMs: 45 } });
  }
  const [file] = (await readdir(folder.path)).filter((name) => name.endsWith('.cpuprofile'));
  if (file === undefined) throw new Error('The server left no profile behind');
  const profile: CpuProfile = JSON.parse(await readFile(join(folder.path, file), 'utf8'));
  return [
    list('By part', selfTimes(profile, partOf).slice(0, shownParts)),
    list('By function, itself', selfTimes(profile).slice(0, shownFunctions)),
    list('By function of ours, with what it calls', totalTimes(profile).slice(0, shownFunctions)),
  ].join('\n\n');
}

function list(title: string, times: readonly FunctionTime[]): string {
  const lines = times.map(({ place, ms, share }) => `${(share * 100).toFixed(1).padStart(5)} %  ${ms.toFixed(0).padStart(6)} ms  ${place}`);
  return [title, ...lines].join('\n');
}
