import { type ComponentType, createElement, type ReactNode, useSyncExternalStore } from 'react';
import { loadPart } from './load-part.ts';

/** A component that comes in a file of its own. */
export interface LatePart<Props extends object> {
  (props: Props): ReactNode;
  /** Fetches it before it is wanted; resolves when it is there. */
  readonly fetch: () => Promise<void>;
}

const nothing = (): ReactNode => null;

/**
 * Like `lazy` in `Suspense`, but drawn as soon as it is there. What takes the place of a fallback of Suspense is held back by React until
 * 300 ms have passed, and `lazy` shows its fallback even for a part that was fetched long ago.
 */
export function latePart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  fallback: ComponentType<Props> = nothing,
): LatePart<Props> {
  const listeners = new Set<() => void>();
  let part: ComponentType<Props> | undefined;
  let fetching: Promise<void> | undefined;
  const read = (): ComponentType<Props> | undefined => part;
  const fetch = (): Promise<void> => {
    fetching ??= loadPart(load).then((loaded) => {
      part = loaded;
      for (const listener of listeners) listener();
    });
    return fetching;
  };
  const subscribe = (listener: () => void): (() => void) => {
    void fetch();
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const Part = (props: Props): ReactNode => createElement(useSyncExternalStore(subscribe, read, read) ?? fallback, props);
  return Object.assign(Part, { fetch });
}
