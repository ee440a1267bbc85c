/** One page of a list. `nextCursor` is absent on the last page. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor?: string | undefined;
}

export interface PageRequest {
  readonly limit: number;
  /** Opaque: what the page before returned as `nextCursor`. */
  readonly cursor?: string | undefined;
}
