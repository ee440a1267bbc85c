import { AsyncLocalStorage } from 'node:async_hooks';
import { lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { MayConnect } from '@multimodel/core';

/** Of the error that refuses a connection. */
export const privateAddressCode = 'ERR_PRIVATE_ADDRESS';

interface Resolved {
  readonly address: string;
  readonly family: number;
}

/** All addresses of a name. */
export type ResolveHost = (hostname: string, done: (error: Error | null, addresses: readonly Resolved[]) => void) => void;

const current = new AsyncLocalStorage<MayConnect | undefined>();

/** Every transport that is made in `work` asks `mayConnect` before it connects: a plugin cannot forget to pass it on. */
export const underAddressGuard = <T>(mayConnect: MayConnect | undefined, work: () => T): T => current.run(mayConnect, work);

const resolveBySystem: ResolveHost = (hostname, done) => systemLookup(hostname, { all: true }, done);

/**
 * For `connect` of `net` and `tls`: looks a name up and gives back only what was checked, so that the connection goes to no address that a
 * second answer of the DNS might name. One private address among several refuses them all: the next try could take it.
 */
export function guardedLookup(resolve: ResolveHost = resolveBySystem): { readonly lookup?: LookupFunction } {
  const mayConnect = current.getStore();
  if (!mayConnect) return resolve === resolveBySystem ? {} : { lookup: toLookup(resolve, () => true) };
  return { lookup: toLookup(resolve, mayConnect) };
}

function toLookup(resolve: ResolveHost, mayConnect: MayConnect): LookupFunction {
  return (hostname, { all, family }, callback) => {
    resolve(hostname, (error, found) => {
      if (error) return callback(error, '');
      const addresses = found.filter((each) => (family === 4 || family === 6 ? each.family === family : true));
      const [first] = addresses;
      if (!first) return callback(coded('ENOTFOUND', hostname), '');
      if (!addresses.every(({ address }) => mayConnect(hostname, address))) return callback(coded(privateAddressCode, hostname), '');
      return all ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  };
}

const coded = (code: string, hostname: string): NodeJS.ErrnoException => Object.assign(new Error(`${code} ${hostname}`), { code });
