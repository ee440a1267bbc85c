import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { firstLoad } from '../../../scripts/bundle-size.ts';
import { launchBrowser } from './browser-page.ts';
import { startPlainPage } from './plain-page.ts';
import type { WebMeasure } from './web-measure.ts';
import type { WebPlan } from './web-plan.ts';
import { longChats, memory, opening, streaming, type WebContext } from './web-scenarios.ts';
import { startWebSite } from './web-site.ts';

export interface WebBenchOptions {
  readonly plan: WebPlan;
  /** Names of scenarios; empty = all. */
  readonly only: readonly string[];
  readonly isPlain: boolean;
  readonly publicDir: string;
  readonly chromium: string;
  readonly say: (line: string) => void;
}

export async function runWebBench({ plan, only, isPlain, publicDir, chromium, say }: WebBenchOptions): Promise<readonly WebMeasure[]> {
  await using site = await startWebSite({ gapMs: plan.gapMs, publicDir });
  await using browser = await launchBrowser(chromium);
  const context: WebContext = { plan, site, browser, say };
  const isWanted = (name: string): boolean => only.length === 0 || only.includes(name);
  const measures: WebMeasure[] = [];
  if (isWanted('load')) measures.push(...loadSizes(publicDir));
  if (isWanted('opening')) measures.push(...(await opening(context)));
  if (isWanted('chat')) measures.push(...(await longChats(context)));
  if (isWanted('streaming')) {
    await using plain = isPlain ? await startPlainPage(plan.gapMs) : undefined;
    measures.push(...(await streaming(context, plain?.url)));
  }
  if (isWanted('memory')) measures.push(...(await memory(context)));
  return measures;
}

const kilobyte = 1024;

/** What is fetched before somebody can type: scripts that the page names, and everything that it names. */
function loadSizes(publicDir: string): readonly WebMeasure[] {
  const scripts = firstLoad(publicDir).reduce((sum, { gzipBytes }) => sum + gzipBytes, 0);
  const html = readFileSync(join(publicDir, 'index.html'));
  const styles = [...html.toString().matchAll(/<link[^>]+rel="stylesheet"[^>]+href="([^"]+)"/g)].map(([, path = '']) => path);
  const sizeOf = (path: string): number => gzipSync(readFileSync(join(publicDir, path))).length;
  const all = scripts + gzipSync(html).length + styles.reduce((sum, path) => sum + sizeOf(path), 0);
  const assets = readdirSync(join(publicDir, 'assets')).filter((name) => /\.(?:js|css)$/.test(name));
  const whole = assets.reduce((sum, name) => sum + sizeOf(join('assets', name)), 0);
  const scenario = 'first load, gzip';
  return [
    { scenario, name: 'script', unit: 'KB', ours: scripts / kilobyte, budget: 200 },
    { scenario, name: 'page, script and style', unit: 'KB', ours: all / kilobyte },
    { scenario, name: 'all scripts and styles that there are', unit: 'KB', ours: whole / kilobyte },
  ];
}
