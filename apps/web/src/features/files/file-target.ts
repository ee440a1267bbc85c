import { createStore } from 'zustand/vanilla';

export type TakeFiles = (files: readonly File[]) => void;

/** Where files go that are dropped on the page or pasted into it: to the field that was opened last. */
export class FileTarget {
  readonly store = createStore(() => ({ isDragging: false }));
  readonly #takers: TakeFiles[] = [];

  get take(): TakeFiles | undefined {
    return this.#takers.at(-1);
  }

  open(take: TakeFiles): () => void {
    this.#takers.push(take);
    return () => void this.#takers.splice(this.#takers.indexOf(take), 1);
  }

  drag(isDragging: boolean): void {
    if (this.store.getState().isDragging !== isDragging) this.store.setState({ isDragging });
  }
}
