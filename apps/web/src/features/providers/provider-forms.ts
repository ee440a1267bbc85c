import type { ProviderDto, ProviderPluginDto } from '@multimodel/contract';
import { ProviderForm, type ProviderFormDeps } from './provider-form.ts';

/** The forms of this page's life by provider, or by plugin for a new one: what was typed is there when one comes back. */
export class ProviderForms {
  readonly #deps: Pick<ProviderFormDeps, 'api' | 'newKey'>;
  readonly #forms = new Map<string, ProviderForm>();

  constructor(deps: Pick<ProviderFormDeps, 'api' | 'newKey'>) {
    this.#deps = deps;
  }

  open(plugin: ProviderPluginDto, provider?: ProviderDto): ProviderForm {
    const key = keyOf(plugin, provider);
    const form = this.#forms.get(key) ?? new ProviderForm({ ...this.#deps, plugin, provider });
    this.#forms.set(key, form);
    if (provider) form.adopt(provider);
    return form;
  }

  /** A new provider was made of it, or its provider is gone: the next one begins empty. */
  forget(form: ProviderForm): void {
    for (const [key, known] of this.#forms) if (known === form) this.#forms.delete(key);
  }

  has(form: ProviderForm): boolean {
    return [...this.#forms.values()].includes(form);
  }

  isDirty(provider: ProviderDto): boolean {
    return this.#forms.get(provider.id)?.isDirty ?? false;
  }

  get hasUnsaved(): boolean {
    return [...this.#forms.values()].some((form) => form.isDirty);
  }
}

function keyOf(plugin: ProviderPluginDto, provider: ProviderDto | undefined): string {
  return provider ? provider.id : `new ${plugin.id}`;
}
