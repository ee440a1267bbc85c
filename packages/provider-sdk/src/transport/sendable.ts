import type { ProviderError } from '@multimodel/core';
import type { TransportRequest } from './transport.ts';
import { type FaultPlace, unsendableError } from './transport-fault.ts';

const badName = /[^!#$%&'*+.^`|~\w-]/;
/** Anything but tab, visible ASCII and Latin-1. A line feed would begin a header of its own. */
const badValue = /[^\t\u0020-\u007e\u0080-\u00ff]/;
const badPath = /[^\u0021-\u00ff]/;

/** `node:http2` sends what HTTP does not allow, so both transports look themselves. Absent: all is well. */
export function findUnsendable({ path, headers = {} }: TransportRequest, place: FaultPlace): ProviderError | undefined {
  if (!path.startsWith('/') || badPath.test(path)) return unsendableError('the path', place);
  for (const name in headers)
    if (badName.test(name) || badValue.test(headers[name] ?? '')) return unsendableError(`the header ${JSON.stringify(name)}`, place);
  return undefined;
}
