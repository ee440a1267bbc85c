/** What shows files: not a part of the first load. */
export const filesPart = () => import('./files-part.ts');

// While there is a connection, for when there is none.
if (typeof requestIdleCallback === 'function') requestIdleCallback(() => void filesPart().catch(() => undefined), { timeout: 5_000 });
