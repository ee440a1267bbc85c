import type { ProviderError } from '@multimodel/core';
import type { RequestHeaders, TransportRequest } from './transport.ts';
import { type FaultPlace, unsendableError } from './transport-fault.ts';

const badName = /[^!#$%&'*+.^`|~\w-]/;
/** Anything but tab, visible ASCII and Latin-1. A line feed would begin a header of its own. */
const badValue = /[^\t\u0020-\u007e\u0080-\u00ff]/;
const badPath = /[^\u0021-\u00ff]/;

/** `node:http2` sends what HTTP does not allow, so both transports look themselves. Absent: all is well. */
export function findUnsendable({ path, headers = {} }: TransportRequest, place: FaultPlace): ProviderError | undefined {
  if (!path.startsWith('/') || badPath.test(path)) return unsendableError({ ru: 'путь', en: 'the path' }, place);
  for (const name in headers)
    if (badName.test(name) || badValue.test(headers[name] ?? ''))
      return unsendableError({ ru: `заголовок ${JSON.stringify(name)}`, en: `the header ${JSON.stringify(name)}` }, place);
  return undefined;
}

/** Some gateways refuse a request that does not say who asks. */
const userAgent = 'multimodel-chat';

/** Names in lower case, so that no header goes out twice. */
export function toWireHeaders(headers: RequestHeaders = {}): Record<string, string> {
  const wire: Record<string, string> = { 'user-agent': userAgent };
  for (const name in headers) wire[name.toLowerCase()] = headers[name] ?? '';
  return wire;
}
