/** The parts of a .cpuprofile that are read. */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

export interface SelfTime {
  readonly place: string;
  readonly ms: number;
  /** Of all time that was not idle. */
  readonly share: number;
}

const idle = new Set(['(idle)', '(root)']);

/** Time spent in each function itself, most first. */
export function selfTimes(profile: CpuProfile, placeOf: (node: CpuProfile['nodes'][number]) => string = functionPlace): SelfTime[] {
  const byId = new Map(profile.nodes.map((node) => [node.id, node]));
  const msByPlace = new Map<string, number>();
  let busyMs = 0;
  for (const [index, id] of profile.samples.entries()) {
    const node = byId.get(id);
    const ms = (profile.timeDeltas[index] ?? 0) / 1000;
    if (!node || idle.has(node.callFrame.functionName)) continue;
    busyMs += ms;
    const place = placeOf(node);
    msByPlace.set(place, (msByPlace.get(place) ?? 0) + ms);
  }
  return [...msByPlace].map(([place, ms]) => ({ place, ms, share: ms / busyMs })).toSorted((a, b) => b.ms - a.ms);
}

export function functionPlace({ callFrame: { functionName, url, lineNumber } }: CpuProfile['nodes'][number]): string {
  const file = url === '' ? 'native' : shorten(url);
  return `${functionName || '(anonymous)'}  ${file}${url === '' ? '' : `:${lineNumber + 1}`}`;
}

/** One line per package of ours, per library, and for Node itself: where the time goes before asking for functions. */
export function partOf({ callFrame: { functionName, url } }: CpuProfile['nodes'][number]): string {
  if (url === '') return functionName;
  if (url.startsWith('node:')) return url.split('/')[0] ?? url;
  const library = url.match(/node_modules\/((?:@[^/]+\/)?[^/]+)(?!.*node_modules\/)/)?.[1];
  return library ?? url.match(/packages\/[^/]+/)?.[0] ?? shorten(url);
}

function shorten(url: string): string {
  return url.replace(/^file:\/\//, '').replace(/^.*\/(?=packages\/|node_modules\/)/, '');
}
