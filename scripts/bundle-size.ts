import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

export interface BundleFile {
  readonly path: string;
  readonly gzipBytes: number;
}

const budgetBytes = 200 * 1024;

/** What the page loads by itself: its module scripts, preloads and classic scripts. */
function entryScripts(html: string): readonly string[] {
  const tags = html.match(/<(?:script|link)\b[^>]*>/g) ?? [];
  const addresses = tags.map((tag) => {
    const isPreload = tag.startsWith('<link') && /rel="modulepreload"/.test(tag);
    if (!tag.startsWith('<script') && !isPreload) return undefined;
    return /(?:src|href)="([^"]+)"/.exec(tag)?.[1];
  });
  return addresses.filter((address) => address !== undefined);
}

/** Static imports of built code: with `from` or bare; `import()` is a later load and does not count. */
function staticImports(code: string): readonly string[] {
  const found = code.matchAll(/(?:\bimport|\bfrom)\s*["'](\.{1,2}\/[^"']+\.js)["']/g);
  return [...found].map((match) => match[1]).filter((address) => address !== undefined);
}

/** Every script that must arrive before the page works, followed through static imports from index.html. */
export function firstLoad(distFolder: string): readonly BundleFile[] {
  const html = readFileSync(join(distFolder, 'index.html'), 'utf8');
  const waiting = entryScripts(html).map((address) => join(distFolder, address.replace(/^\.?\//, '')));
  const seen = new Map<string, BundleFile>();
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file)) continue;
    const code = readFileSync(file);
    seen.set(file, { path: relative(distFolder, file), gzipBytes: gzipSync(code).length });
    const folder = dirname(file);
    waiting.push(...staticImports(code.toString()).map((address) => join(folder, address)));
  }
  return [...seen.values()].sort((a, b) => b.gzipBytes - a.gzipBytes);
}

export interface BundleVerdict {
  readonly fits: boolean;
  readonly report: string;
}

export function bundleVerdict(files: readonly BundleFile[]): BundleVerdict {
  const total = files.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0);
  const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(1).padStart(7)} KB`;
  const rows = files.map(({ path, gzipBytes }) => `${kilobytes(gzipBytes)}  ${path}`);
  const fits = files.length > 0 && total <= budgetBytes;
  return { fits, report: [...rows, `${kilobytes(total)}  script on first load, gzip (budget ${budgetBytes / 1024} KB)`].join('\n') };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (existsSync('apps/web/dist/index.html')) {
    const { fits, report } = bundleVerdict(firstLoad('apps/web/dist'));
    console.log(report);
    if (!fits) process.exitCode = 1;
  } else console.log('apps/web/dist is absent: run `npm start` once, or `npm run check`');
}
