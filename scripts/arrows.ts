/** Who may import whom. Read by the dependency check and by its test; nothing else states these arrows. */
export const arrows = {
  core: [],
  contract: [],
  'provider-sdk': ['core'],
  providers: ['core', 'provider-sdk'],
  storage: ['core'],
  server: ['core', 'contract', 'provider-sdk', 'providers', 'storage'],
  client: ['contract'],
  web: ['client', 'contract'],
  cli: ['client', 'contract'],
  simulators: [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Where a part's sources lie. */
export function folderOf(part: string): string {
  return part === 'web' || part === 'cli' ? `apps/${part}` : `packages/${part}`;
}

/** Parts whose sources must run in a browser or on any host: no Node modules in them. */
export const hostFreeParts: readonly string[] = ['core', 'contract', 'client'];

/** Files that may use test tools, simulators and Node, wherever they lie. */
export const testFile = String.raw`\.test\.tsx?$|/src/testing/|\.config\.ts$`;

/** What tests share: lies beside them, is imported by tests only. */
export const testSupport = String.raw`\.(arbitrary|fake|fixture)\.ts$|/(test|fake)-[^/]+\.ts$`;
