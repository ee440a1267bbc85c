import type { Client } from '@multimodel/client';
import type { NewProviderTest, ProviderTestDto } from '@multimodel/contract';
import { createStore } from 'zustand/vanilla';

/** The part of the client that forms and lists of providers use. */
export type ProvidersApi = Pick<Client['providers'], 'create' | 'update' | 'delete' | 'test' | 'testStored'>;

export type ProviderTestState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running' }
  /** `isOutdated`: the form was changed since. */
  | { readonly kind: 'done'; readonly result: ProviderTestDto; readonly isOutdated: boolean }
  | { readonly kind: 'failed'; readonly error: unknown };

/** One live test at a time, which can be given up. */
export class ProviderTest {
  readonly store = createStore<{ readonly state: ProviderTestState }>(() => ({ state: { kind: 'idle' } }));
  readonly #api: Pick<ProvidersApi, 'test' | 'testStored'>;
  #abort: AbortController | undefined;
  #isOutdated = false;

  constructor(api: Pick<ProvidersApi, 'test' | 'testStored'>) {
    this.#api = api;
  }

  /** With settings that may not be saved yet. */
  run(settings: NewProviderTest): Promise<ProviderTestDto | undefined> {
    return this.#run((signal) => this.#api.test(settings, { signal }));
  }

  /** As it is stored. */
  runStored(id: string): Promise<ProviderTestDto | undefined> {
    return this.#run((signal) => this.#api.testStored(id, { signal }));
  }

  cancel(): void {
    this.#abort?.abort();
  }

  outdate(): void {
    this.#isOutdated = true;
    const { state } = this.store.getState();
    if (state.kind === 'failed') this.store.setState({ state: { kind: 'idle' } });
    if (state.kind === 'done') this.store.setState({ state: { ...state, isOutdated: true } });
  }

  async #run(ask: (signal: AbortSignal) => Promise<ProviderTestDto>): Promise<ProviderTestDto | undefined> {
    this.cancel();
    const abort = new AbortController();
    this.#abort = abort;
    this.#isOutdated = false;
    const finish = (state: ProviderTestState) => {
      if (this.#abort === abort) this.store.setState({ state });
    };
    finish({ kind: 'running' });
    try {
      const result = await ask(abort.signal);
      finish({ kind: 'done', result, isOutdated: this.#isOutdated });
      return this.#abort === abort ? result : undefined;
    } catch (error) {
      finish(abort.signal.aborted ? { kind: 'idle' } : { kind: 'failed', error });
      return undefined;
    }
  }
}
