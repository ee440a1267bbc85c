import type { AddressInfo } from 'node:net';
import { AppError } from '@multimodel/core';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

const mostPorts = 20;
const taken = z.object({ code: z.literal('EADDRINUSE') });

export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  noFreePort(from: number, to: number): string;
}

/** Listens on `port` or the next free one; answers with the one it got. */
export async function listenOnFreePort(
  app: Pick<FastifyInstance, 'listen'> & { addresses(): (AddressInfo | string)[] },
  { host, port, noFreePort }: ListenOptions,
): Promise<number> {
  for (let candidate = port; candidate < port + mostPorts && candidate <= 65_535; candidate += 1) {
    try {
      await app.listen({ host, port: candidate });
      const address = app.addresses()[0];
      return typeof address === 'object' ? address.port : candidate;
    } catch (error) {
      if (!taken.safeParse(error).success) throw error;
    }
  }
  throw new AppError('conflict', noFreePort(port, Math.min(port + mostPorts - 1, 65_535)));
}
