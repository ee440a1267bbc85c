import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ListenerTls } from '../host/listener.ts';

const pathOf = (name: string): string => fileURLToPath(new URL(`./fixtures/${name}.pem`, import.meta.url));

/** Signs what the simulator shows and what clients show to it; no system trusts it, as with the vendor's own. */
export const simulatedRootPath = pathOf('root');

/** A client's key and certificate, with the one between it and the root. */
export const simulatedClientCertificatePath = pathOf('client');

export function listenerTls(clientCertificate?: 'optional' | 'required'): ListenerTls {
  const server = readFileSync(pathOf('server'), 'utf8');
  const clientCa = clientCertificate === undefined ? undefined : readFileSync(simulatedRootPath, 'utf8');
  return { key: server, cert: server, clientCa, needsClientCertificate: clientCertificate === 'required' };
}
