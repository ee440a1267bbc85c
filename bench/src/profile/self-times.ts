/** The parts of a .cpuprofile that are read. */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** One function as called from one stack. */
export interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  readonly children?: readonly number[] | undefined;
}

export interface FunctionTime {
  readonly place: string;
  readonly ms: number;
  /** Of all time that was not idle. */
  readonly share: number;
}

const idle = new Set(['(idle)', '(root)']);

/** Time spent in each place itself, most first. */
export function selfTimes(profile: CpuProfile, placeOf: (node: ProfileNode) => string = functionPlace): FunctionTime[] {
  const own = ownMsByNode(profile);
  const msByPlace = new Map<string, number>();
  for (const node of profile.nodes) add(msByPlace, placeOf(node), own.get(node.id) ?? 0);
  return ranked(msByPlace, own);
}

/** Time spent in each function of ours and in everything it called, most first. A function that calls itself counts once. */
export function totalTimes(profile: CpuProfile): FunctionTime[] {
  const own = ownMsByNode(profile);
  const byId = new Map(profile.nodes.map((node) => [node.id, node]));
  const msByPlace = new Map<string, number>();
  const visit = (node: ProfileNode, above: readonly string[]): number => {
    const place = node.callFrame.url.includes('/packages/') ? functionPlace(node) : undefined;
    const stack = place === undefined ? above : [...above, place];
    const children = (node.children ?? []).flatMap((id) => byId.get(id) ?? []);
    const ms = children.reduce((sum, child) => sum + visit(child, stack), own.get(node.id) ?? 0);
    if (place !== undefined && !above.includes(place)) add(msByPlace, place, ms);
    return ms;
  };
  const [root] = profile.nodes;
  if (root) visit(root, []);
  return ranked(msByPlace, own);
}

function ownMsByNode({ nodes, samples, timeDeltas }: CpuProfile): Map<number, number> {
  const busy = new Set(nodes.filter(({ callFrame }) => !idle.has(callFrame.functionName)).map(({ id }) => id));
  const own = new Map<number, number>();
  for (const [index, id] of samples.entries()) if (busy.has(id)) own.set(id, (own.get(id) ?? 0) + (timeDeltas[index] ?? 0) / 1000);
  return own;
}

function add(msByPlace: Map<string, number>, place: string, ms: number): void {
  if (ms > 0) msByPlace.set(place, (msByPlace.get(place) ?? 0) + ms);
}

function ranked(msByPlace: ReadonlyMap<string, number>, own: ReadonlyMap<number, number>): FunctionTime[] {
  const busyMs = [...own.values()].reduce((sum, ms) => sum + ms, 0);
  return [...msByPlace].map(([place, ms]) => ({ place, ms, share: ms / busyMs })).toSorted((a, b) => b.ms - a.ms);
}

export function functionPlace({ callFrame: { functionName, url, lineNumber } }: ProfileNode): string {
  return `${functionName || '(anonymous)'}  ${url === '' ? 'native' : `${shorten(url)}:${lineNumber + 1}`}`;
}

/** One line per package of ours, per library, and for Node itself: where the time goes before asking for functions. */
export function partOf({ callFrame: { functionName, url } }: ProfileNode): string {
  if (url === '') return functionName;
  if (url.startsWith('node:')) return url.split('/')[0] ?? url;
  const library = url.match(/node_modules\/((?:@[^/]+\/)?[^/]+)(?!.*node_modules\/)/)?.[1];
  return library ?? url.match(/packages\/[^/]+/)?.[0] ?? shorten(url);
}

function shorten(url: string): string {
  return url.replace(/^file:\/\//, '').replace(/^.*\/(?=packages\/|node_modules\/)/, '');
}
