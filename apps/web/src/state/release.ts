import { createStore, type StoreApi } from 'zustand/vanilla';

export interface ReleaseDeps {
  /** The page as the server has it now. */
  readonly load: () => Promise<string>;
  /** The script that runs here; its name holds a hash of its content. */
  readonly running: string | undefined;
}

const scriptPattern = /<script\b[^>]*\btype="module"[^>]*\bsrc="([^"]+)"/;

/** Whether the server has another page by now than the one that is open: its parts cannot be loaded any more. */
export class Release {
  readonly store: StoreApi<{ readonly isOutdated: boolean }> = createStore(() => ({ isOutdated: false }));
  readonly #deps: ReleaseDeps;

  constructor(deps: ReleaseDeps) {
    this.#deps = deps;
  }

  async check(): Promise<void> {
    const page = await this.#deps.load().catch(() => undefined);
    const current = page && scriptPattern.exec(page)?.[1];
    if (current && this.#deps.running && current !== this.#deps.running) this.store.setState({ isOutdated: true });
  }
}
