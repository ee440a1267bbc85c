import type { RunEventDto } from '@multimodel/contract';
import type { RunEvent, RunSnapshot } from '@multimodel/core';

type Frozen<T> = T extends (infer Item)[]
  ? readonly Frozen<Item>[]
  : T extends Record<string, unknown>
    ? { readonly [Key in keyof T]: Frozen<T[Key]> }
    : T;

/** Events leave as they are. This does not compile when the core says something that the contract does not know. */
export type PublishedRunEvent = RunEvent | RunSnapshot extends Frozen<RunEventDto> ? RunEvent | RunSnapshot : never;
