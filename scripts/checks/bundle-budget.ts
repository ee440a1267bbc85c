import { existsSync } from 'node:fs';
import { bundleVerdict, firstLoad } from '../bundle-size.ts';
import { buildWebIfStale } from '../launcher/web-build.mjs';
import { type CheckOutcome, failed, passed, skipped } from './check-step.ts';

export async function checkBundleSize(): Promise<CheckOutcome> {
  if (!existsSync('apps/web/index.html')) return skipped('there is no page yet');
  await buildWebIfStale({ root: process.cwd(), node: process.execPath, say: () => undefined });
  const { fits, report } = bundleVerdict(firstLoad('apps/web/dist'));
  return fits ? passed(report) : failed(report);
}
