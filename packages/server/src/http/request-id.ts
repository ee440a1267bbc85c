import type { IncomingMessage } from 'node:http';

const sane = /^[\w.:-]{8,128}$/;

/** The caller's own id where it is harmless in logs, else a new one. */
export function createRequestIds(newId: () => string): (request: Pick<IncomingMessage, 'headers'>) => string {
  return ({ headers }) => {
    const given = headers['x-request-id'];
    return typeof given === 'string' && sane.test(given) ? given : newId();
  };
}
