/** Tells the other tabs of this browser about writes, so that they read again what has changed. */
export interface Tabs {
  /** A write to this address went well. */
  readonly tell: (path: string) => void;
  readonly listen: (heard: (path: string) => void) => void;
}

export function openTabs(): Tabs {
  const channel = new BroadcastChannel('mmc.writes');
  return {
    tell: (path) => channel.postMessage(path),
    listen: (heard) => channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => typeof data === 'string' && heard(data)),
  };
}
