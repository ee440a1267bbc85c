export interface UndoableAction {
  /** Puts back what was taken from the screen. */
  readonly undo: () => void;
  /** Does it for good. */
  readonly commit: () => void;
  /** The page that comes after a reload takes it over: going away does not end it. */
  readonly outlivesPage?: boolean | undefined;
}

/** Acts that are shown at once and done later: each ends in exactly one of undo and commit. */
export class UndoableActions {
  readonly #pending = new Set<UndoableAction>();

  /** The same action, safe to end more than once. */
  begin(action: UndoableAction): UndoableAction {
    this.#pending.add(action);
    const end = (act: () => void) => () => {
      if (this.#pending.delete(action)) act();
    };
    return { undo: end(action.undo), commit: end(action.commit) };
  }

  /** The page goes away: nothing can be undone any more. */
  commitAll(): void {
    const pending = [...this.#pending];
    this.#pending.clear();
    for (const action of pending) if (!action.outlivesPage) action.commit();
  }
}
