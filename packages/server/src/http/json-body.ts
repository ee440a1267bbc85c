import { fieldFault, validationFault } from '@multimodel/core';
import type { FastifyRequest } from 'fastify';
import { bodyFault } from '../error-response.ts';
import { fieldTexts } from '../fault-texts.ts';
import type { Api } from '../rest/api.ts';

/** Reads bodies: none at all is fine where none is asked for, since many clients name its type with every request. */
export function readJsonBodies(app: Api): void {
  app.addContentTypeParser<string>(
    'application/json',
    { parseAs: 'string' },
    async (request: FastifyRequest, body: string): Promise<unknown> => {
      if (body.trim() === '') {
        if (request.routeOptions.schema?.body === undefined) return undefined;
        throw bodyFault(fieldTexts.noBody)(undefined);
      }
      const value = parse(body);
      if (isDeeperThan(deepest, value)) throw bodyFault(fieldTexts.bodyTooDeep)(undefined);
      return tidy(value, '');
    },
  );
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw bodyFault(fieldTexts.bodyNotJson)(error);
  }
}

/** No request needs more; what walks a value by recursion is safe below it. */
const deepest = 32;

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isDeeperThan(levels - 1, member));
}

/**
 * Half a surrogate pair, which no database keeps, becomes U+FFFD before anybody has seen it, so that what is answered is what is stored.
 * `__proto__` is refused here: copied on, it would be no field but a change of the object.
 */
function tidy(value: unknown, path: string): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item, index) => tidy(item, `${path}[${index}]`));
  const members = Object.entries(value).map(([key, member]) => {
    const at = path === '' ? key : `${path}.${key}`;
    if (key === '__proto__') throw validationFault([fieldFault(at, fieldTexts.unknown)]);
    return [key, tidy(member, at)] as const;
  });
  return Object.fromEntries(members);
}
