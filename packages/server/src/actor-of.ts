import { type Actor, toUserId } from '@multimodel/core';
import type { FastifyRequest } from 'fastify';

const localUser: Actor = { kind: 'user', userId: toUserId('local'), role: 'owner' };

/** Who asks. Without accounts everybody who can reach the server is its one local user. */
export function actorOf(_request: FastifyRequest): Actor {
  return localUser;
}
