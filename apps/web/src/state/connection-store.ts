import { createStore, type StoreApi } from 'zustand/vanilla';

/** `restored` stays for a moment after a break, so that it can be said once. */
export type ConnectionState = 'online' | 'offline' | 'unreachable' | 'restored';

export interface Connection {
  readonly state: ConnectionState;
  /** When the server is asked again; absent while it is being asked. */
  readonly retryAt?: number | undefined;
  /** With `restored`: the server that answers began its work after the break had begun. */
  readonly isRestarted?: boolean | undefined;
}

export interface Probe {
  /** How long the process that answered has been running. */
  readonly uptimeMs?: number | undefined;
}

export interface ConnectionDeps {
  readonly isOnline: () => boolean;
  readonly now: () => number;
  readonly schedule: (callback: () => void, delayMs: number) => () => void;
  /** Rejects while the server cannot be reached. */
  readonly probe: () => Promise<Probe>;
  /** The server is back: read what may have changed. */
  readonly onRestored: (connection: Connection) => void;
}

export const isAwayState = (state: ConnectionState): boolean => state === 'offline' || state === 'unreachable';

const probeMs = [1_000, 2_000, 4_000, 8_000] as const;
const restoredMs = 5_000;

/** Whether the server can be reached, learned from every request and from the browser. */
export class ConnectionStore {
  readonly store: StoreApi<Connection> = createStore(() => ({ state: 'online' }));
  readonly #deps: ConnectionDeps;
  #cancel: (() => void) | undefined;
  #probes = 0;
  #isProbing = false;
  #lostAt = 0;

  constructor(deps: ConnectionDeps) {
    this.#deps = deps;
    if (!deps.isOnline()) this.#lost();
  }

  get isAway(): boolean {
    return isAwayState(this.store.getState().state);
  }

  /** A request got an answer, whatever it was. */
  reached(): void {
    if (this.isAway) this.retryNow();
  }

  /** A request got none. */
  failed(): void {
    if (!this.isAway) this.#lost();
  }

  /** The browser says that its network came or went. */
  browserChanged(): void {
    if (!this.isAway) {
      if (!this.#deps.isOnline()) this.#lost();
      return;
    }
    if (this.#deps.isOnline()) this.retryNow();
    else this.store.setState({ state: 'offline' });
  }

  /** Asks at once instead of waiting for the next time. */
  retryNow(): void {
    if (this.isAway && !this.#isProbing) void this.#probe();
  }

  #lost(): void {
    this.#lostAt = this.#deps.now();
    this.#probes = 0;
    this.#scheduleProbe();
  }

  #scheduleProbe(): void {
    const delayMs = probeMs[Math.min(this.#probes, probeMs.length - 1)] ?? 8_000;
    this.#probes += 1;
    const state = this.#deps.isOnline() ? 'unreachable' : 'offline';
    this.store.setState({ state, retryAt: this.#deps.now() + delayMs, isRestarted: undefined });
    this.#cancel?.();
    this.#cancel = this.#deps.schedule(() => void this.#probe(), delayMs);
  }

  async #probe(): Promise<void> {
    this.#cancel?.();
    this.#isProbing = true;
    this.store.setState({ retryAt: undefined });
    const answer = await this.#deps.probe().catch(() => undefined);
    this.#isProbing = false;
    if (answer) this.#restored(answer);
    else this.#scheduleProbe();
  }

  #restored({ uptimeMs }: Probe): void {
    const isRestarted = uptimeMs !== undefined && uptimeMs < this.#deps.now() - this.#lostAt;
    this.store.setState({ state: 'restored', retryAt: undefined, isRestarted });
    this.#cancel = this.#deps.schedule(() => this.store.setState({ state: 'online', isRestarted: undefined }), restoredMs);
    this.#deps.onRestored(this.store.getState());
  }
}
