import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { AppError } from '@multimodel/core';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Config } from './config/config.ts';
import { ConfigError } from './config/config-error.ts';

const mostPorts = 20;
const systemError = z.object({ code: z.string() });
const notAllowed: ReadonlySet<string> = new Set(['EACCES', 'EPERM']);
const notHere: ReadonlySet<string> = new Set(['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN', 'EINVAL', 'EAFNOSUPPORT']);

export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  readonly places?: Config['places'] | undefined;
  noFreePort(from: number, to: number): string;
}

/** Listens on `port` or the next free one; answers with the one it got. */
export async function listenOnFreePort(
  app: Pick<FastifyInstance, 'listen'> & { addresses(): (AddressInfo | string)[] },
  { host, port, places, noFreePort }: ListenOptions,
): Promise<number> {
  for (let candidate = port; candidate < port + mostPorts && candidate <= 65_535; candidate += 1) {
    try {
      await app.listen({ host, port: candidate });
      const address = app.addresses()[0];
      return typeof address === 'object' ? address.port : candidate;
    } catch (error) {
      if (codeOf(error) !== 'EADDRINUSE') throw explained(error, { host, port: candidate, places });
    }
  }
  throw new AppError('conflict', noFreePort(port, Math.min(port + mostPorts - 1, 65_535)));
}

/** Throws a `ConfigError` when nothing can listen on `host`: better before the database is touched than after. */
export async function checkHost({ host, places }: Pick<Config, 'host' | 'places'>): Promise<void> {
  const server = createServer().listen({ host, port: 0 });
  try {
    await once(server, 'listening');
  } catch (error) {
    throw explained(error, { host, port: 0, places });
  }
  server.close();
  await once(server, 'close');
}

function codeOf(error: unknown): string | undefined {
  return systemError.safeParse(error).data?.code;
}

function explained(error: unknown, { host, port, places }: Omit<ListenOptions, 'noFreePort'>): unknown {
  const code = codeOf(error) ?? '';
  if (notAllowed.has(code)) {
    const message = `${port} may not be used by the user that runs the server.`;
    return new ConfigError([{ key: 'PORT', source: 'not set', ...places?.port, message, allowed: '1024 or more, or another user' }]);
  }
  if (!notHere.has(code)) return error;
  const message = `"${host}" is no address of this machine (${code}).`;
  return new ConfigError([{ key: 'HOST', source: 'not set', ...places?.host, message, allowed: '127.0.0.1, localhost or ::1' }]);
}
