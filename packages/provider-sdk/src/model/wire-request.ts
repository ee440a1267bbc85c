import type { JsonValue, WarningEvent } from '@multimodel/core';
import type { RequestHeaders } from '../transport/transport.ts';

/** A request as the vendor wants it. */
export interface WireRequest {
  /** Appended to the transport's `baseUrl`. */
  readonly path: string;
  /** Beside `content-type: application/json` and those of the auth. */
  readonly headers?: RequestHeaders | undefined;
  /** Sent as JSON; members that are `undefined` are left out. */
  readonly body: WireBody;
  /** What was dropped or changed; shown before the answer. */
  readonly warnings?: readonly WarningEvent[] | undefined;
}

/** JSON to be: like `JsonValue`, and optional members may be `undefined`. */
export type WireBody = JsonValue | undefined | readonly WireBody[] | { readonly [name: string]: WireBody };
