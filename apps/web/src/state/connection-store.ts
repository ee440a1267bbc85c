import { createStore, type StoreApi } from 'zustand/vanilla';

/** `restored` stays for a moment after a break, so that it can be said once. */
export type ConnectionState = 'online' | 'offline' | 'unreachable' | 'restored';

export interface ConnectionDeps {
  readonly isOnline: () => boolean;
  readonly schedule: (callback: () => void, delayMs: number) => () => void;
  /** Rejects while the server cannot be reached. */
  readonly probe: () => Promise<unknown>;
  /** The server is back: read what may have changed. */
  readonly onRestored: () => void;
}

const probeMs = [1_000, 2_000, 4_000, 8_000] as const;
const restoredMs = 3_000;

/** Whether the server can be reached, learned from every request and from the browser. */
export class ConnectionStore {
  readonly store: StoreApi<{ readonly state: ConnectionState }> = createStore(() => ({ state: 'online' }));
  readonly #deps: ConnectionDeps;
  #cancel: (() => void) | undefined;
  #probes = 0;

  constructor(deps: ConnectionDeps) {
    this.#deps = deps;
    if (!deps.isOnline()) this.store.setState({ state: 'offline' });
  }

  /** A request got an answer, whatever it was. */
  reached(): void {
    const { state } = this.store.getState();
    if (state !== 'offline' && state !== 'unreachable') return;
    this.#cancel?.();
    this.#probes = 0;
    this.store.setState({ state: 'restored' });
    this.#cancel = this.#deps.schedule(() => this.store.setState({ state: 'online' }), restoredMs);
    this.#deps.onRestored();
  }

  /** A request got none. */
  failed(): void {
    if (this.store.getState().state === 'unreachable') return;
    this.#cancel?.();
    this.store.setState({ state: this.#deps.isOnline() ? 'unreachable' : 'offline' });
    this.#scheduleProbe();
  }

  /** The browser says that its network came or went. */
  browserChanged(): void {
    if (!this.#deps.isOnline()) this.failed();
    else if (this.store.getState().state === 'offline') void this.#probe();
  }

  #scheduleProbe(): void {
    const delayMs = probeMs[Math.min(this.#probes, probeMs.length - 1)] ?? 8_000;
    this.#probes += 1;
    this.#cancel = this.#deps.schedule(() => void this.#probe(), delayMs);
  }

  async #probe(): Promise<void> {
    try {
      await this.#deps.probe();
      this.reached();
    } catch {
      const { state } = this.store.getState();
      if (state === 'online' || state === 'restored') return;
      this.store.setState({ state: this.#deps.isOnline() ? 'unreachable' : 'offline' });
      this.#scheduleProbe();
    }
  }
}
