import type { Fetch } from '@multimodel/client';
import { ConnectionStore, type Probe } from '../state/connection-store.ts';
import { isGatewayStatus } from '../state/outbox-sender.ts';
import { Release } from '../state/release.ts';
import { schedule } from './browser.ts';
import { isWrite } from './is-write.ts';
import { openTabs, type Tabs } from './tabs.ts';

/** Who else is there: the server, its version, and other tabs. */
export interface Presence {
  readonly connection: ConnectionStore;
  readonly release: Release;
  readonly tabs: Tabs;
}

export function createPresence(onRestored: () => void): Presence {
  const release = new Release({ load: loadPage, running: runningRelease() });
  const connection = new ConnectionStore({
    isOnline: () => navigator.onLine,
    now: Date.now,
    schedule,
    probe: probeServer,
    onRestored: () => {
      onRestored();
      void release.check();
    },
  });
  return { connection, release, tabs: openTabs() };
}

/** Learns from every request whether the server is there, and tells the other tabs of every write. */
export function watchedFetch({ connection, tabs }: Pick<Presence, 'connection' | 'tabs'>): Fetch {
  return async (input, init) => {
    try {
      // A deletion that was put off until the page goes away still has to leave.
      const response = await fetch(input, { ...init, keepalive: init?.method === 'DELETE' });
      if (isGateway(response)) connection.failed();
      else connection.reached();
      if (response.ok && isWrite(input, init?.method)) tabs.tell(input);
      return response;
    } catch (error) {
      if (!init?.signal?.aborted) connection.failed();
      throw error;
    }
  };
}

/** An answer of something between us and a server that is away; the server's own errors are JSON. */
function isGateway({ status, headers }: Response): boolean {
  return isGatewayStatus(status) && !headers.get('content-type')?.includes('json');
}

const probeTimeoutMs = 5_000;

/** Rejects while the server is away. */
async function probeServer(): Promise<Probe> {
  const response = await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(probeTimeoutMs) });
  if (!response.ok) throw new Error('The server is away');
  return readProbe(await response.json());
}

function readProbe(body: unknown): Probe {
  const isTimed = typeof body === 'object' && body !== null && 'uptimeMs' in body && typeof body.uptimeMs === 'number';
  return isTimed ? { uptimeMs: Number(body.uptimeMs) } : {};
}

async function loadPage(): Promise<string> {
  const response = await fetch('/', { cache: 'no-store', headers: { accept: 'text/html' }, signal: AbortSignal.timeout(probeTimeoutMs) });
  if (!response.ok) throw new Error('The server is away');
  return response.text();
}

/** The address of the script that runs here. */
function runningRelease(): string | undefined {
  return document.querySelector('script[type="module"][src]')?.getAttribute('src') ?? undefined;
}
