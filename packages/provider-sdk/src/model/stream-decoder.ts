import type { StreamEvent } from '@multimodel/core';

/** Turns the chunks of one answer into events. Made anew for each call, so it may keep state. */
export interface StreamDecoder<Chunk> {
  /** May throw `ProviderError` for an error inside a 200. */
  decode(chunk: Chunk): Iterable<StreamEvent>;
  /**
   * The vendor will send no more: last events, such as a `finish` held back for the usage. `marker`: it said so with `[DONE]`;
   * `eof`: the connection ended, which may also be a cut, so give `finish` only if the answer is known to be whole.
   */
  end?(by: 'marker' | 'eof'): Iterable<StreamEvent>;
}
