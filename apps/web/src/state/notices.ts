import type { UndoableAction } from './undoable-actions.ts';

/** Short messages about what happened elsewhere on the page. */
export interface Notices {
  failure(text: string): void;
  /** Something was done that the page does not show by itself. */
  done(text: string): void;
  /** Stays until it is closed; closed by the reader it means: no more of it. */
  progress(text: string, onCancel: () => void): ProgressNotice;
  /** Stays for some seconds with an undo button; commits when it goes. */
  undoable(text: string, action: UndoableAction): void;
}

export interface ProgressNotice {
  update(text: string): void;
  close(): void;
}
