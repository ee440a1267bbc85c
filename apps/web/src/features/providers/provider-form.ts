import { ApiError } from '@multimodel/client';
import type {
  NewProvider,
  ProviderDto,
  ProviderPatch,
  ProviderPluginDto,
  ProviderSettingFieldDto,
  ProviderTestDto,
} from '@multimodel/contract';
import { createStore } from 'zustand/vanilla';
import { type FieldEdit, type FieldEdits, type FieldFault, type FieldsOnWire, isEdited, shownText, toWire } from './field-edit.ts';
import { type ProposedNames, proposeNames } from './propose-names.ts';
import { type ProvidersApi, ProviderTest } from './provider-test.ts';

/** A fault of the server's, in its words, or one that was seen here. */
export type FieldError = { readonly fault: FieldFault } | { readonly text: string };

export interface ProviderFormState {
  readonly edits: FieldEdits;
  /** Absent = as it was. */
  readonly name?: string | undefined;
  /** Of a new one; absent = as proposed. */
  readonly slug?: string | undefined;
  readonly errors: Readonly<Record<string, FieldError>>;
  /** Why the last save failed, unless it was a field. */
  readonly failure?: unknown;
  readonly isSaving: boolean;
  /** Nothing was changed since it was saved on this page. */
  readonly isSaved: boolean;
  /** Filled in by the last test, not by hand. */
  readonly found: readonly string[];
}

export interface ProviderFormDeps {
  readonly api: ProvidersApi;
  readonly plugin: ProviderPluginDto;
  /** Absent: a new one. */
  readonly provider?: ProviderDto | undefined;
  readonly newKey: () => string;
}

const untouched: ProviderFormState = { edits: {}, errors: {}, isSaving: false, isSaved: false, found: [] };

/** What is typed into the form of one provider. Lives outside the page, so that leaving it loses nothing. */
export class ProviderForm {
  readonly store = createStore<ProviderFormState>(() => untouched);
  readonly test: ProviderTest;
  readonly plugin: ProviderPluginDto;
  #wanted: ReadonlySet<string> = new Set();
  #others: readonly ProviderDto[] | undefined;
  readonly #deps: ProviderFormDeps;
  #provider: ProviderDto | undefined;
  #attempt: { readonly key: string; readonly body: string } | undefined;

  constructor(deps: ProviderFormDeps) {
    this.#deps = deps;
    this.plugin = deps.plugin;
    this.#provider = deps.provider;
    this.test = new ProviderTest(deps.api);
  }

  get provider(): ProviderDto | undefined {
    return this.#provider;
  }

  /** What the server says now, unless a list is older than our own save; edits stay on top of it. */
  adopt(provider: ProviderDto): void {
    if (provider.updatedAt >= (this.#provider?.updatedAt ?? 0)) this.#provider = provider;
  }

  /** Fields that the chosen way of connecting needs; the plugin itself may do without any one of them. */
  want(names: readonly string[]): void {
    this.#wanted = new Set(names);
  }

  isRequired(field: ProviderSettingFieldDto): boolean {
    return field.isRequired || this.#wanted.has(field.name);
  }

  /** The others, from which a new one is to be told apart. */
  standBeside(others: readonly ProviderDto[]): void {
    this.#others = others;
  }

  /** How a new one is called where nothing else is typed; absent: the server finds names. */
  get proposed(): ProposedNames | undefined {
    return this.#provider || !this.#others ? undefined : proposeNames(this.plugin, this.store.getState().edits, this.#others);
  }

  get isDirty(): boolean {
    const { edits, name, slug } = this.store.getState();
    if (slug?.trim()) return true;
    const isRenamed = name !== undefined && name.trim() !== (this.#provider?.displayName ?? '');
    return isRenamed || this.plugin.fields.some((field) => isEdited(field, edits, this.#provider));
  }

  edit(name: string, edit: FieldEdit): void {
    const { edits, errors, found } = this.store.getState();
    this.store.setState({
      isSaved: false,
      edits: { ...edits, [name]: edit },
      errors: without(errors, name),
      found: found.filter((other) => other !== name),
    });
    this.test.outdate();
  }

  /** The field as it was. */
  restore(name: string): void {
    const { edits, errors } = this.store.getState();
    this.store.setState({ edits: without(edits, name), errors: without(errors, name) });
    this.test.outdate();
  }

  rename(name: string): void {
    this.store.setState({ name, isSaved: false, errors: without(this.store.getState().errors, nameField) });
  }

  renameSlug(slug: string): void {
    this.store.setState({ slug, isSaved: false, errors: without(this.store.getState().errors, slugField) });
  }

  /** It was saved under another form: the one that made it. */
  markSaved(): void {
    this.store.setState({ isSaved: true });
  }

  /** Everything as it was. */
  reset(): void {
    this.test.cancel();
    this.test.outdate();
    this.store.setState(untouched, true);
  }

  /** Asks the vendor with what stands in the form now, saved or not. True when all is well. */
  async runTest(): Promise<boolean> {
    const { settings, faults } = this.#toWire();
    if (!this.#accept(faults)) return false;
    const result = await this.test.run({
      plugin: this.plugin.id,
      settings: Object.assign({}, this.#provider?.settings, settings),
      ...(this.#provider ? { id: this.#provider.id } : {}),
    });
    if (result) this.#takeResult(result);
    return result?.ok ?? false;
  }

  /** The stored provider, or `undefined` when something has to be mended; nothing typed is lost then. */
  async save(): Promise<ProviderDto | undefined> {
    if (this.store.getState().isSaving) return undefined;
    const { edits } = this.store.getState();
    const { settings, faults } = this.#toWire();
    if (!this.#accept(faults)) return undefined;
    this.store.setState({ isSaving: true, failure: undefined });
    try {
      const saved = await this.#send(settings);
      this.#provider = saved;
      this.#attempt = undefined;
      this.store.setState({ ...untouched, isSaved: true, ...this.#typedSince(edits) }, true);
      return saved;
    } catch (error) {
      this.#fail(error);
      return undefined;
    }
  }

  #toWire(): FieldsOnWire {
    const fields = this.plugin.fields.map((field) => ({ ...field, isRequired: this.isRequired(field) }));
    return toWire({ ...this.plugin, fields }, this.store.getState().edits, this.#provider);
  }

  /** What was typed while the form was on its way stays. */
  #typedSince(sent: FieldEdits): Pick<ProviderFormState, 'edits'> {
    const { edits } = this.store.getState();
    return { edits: Object.fromEntries(Object.entries(edits).filter(([name, edit]) => sent[name] !== edit)) };
  }

  #send(settings: NewProvider['settings']): Promise<ProviderDto> {
    const { name, slug } = this.store.getState();
    const { displayName, slug: ownSlug } = {
      displayName: name?.trim() || this.proposed?.displayName,
      slug: slug?.trim() || this.proposed?.slug,
    };
    const named = displayName ? { displayName } : {};
    if (this.#provider) {
      const patch: ProviderPatch = { ...named, ...(Object.keys(settings).length > 0 ? { settings } : {}) };
      return this.#deps.api.update(this.#provider.id, patch);
    }
    const body: NewProvider = { plugin: this.plugin.id, ...named, ...(ownSlug ? { slug: ownSlug } : {}), settings };
    return this.#deps.api.create(body, { idempotencyKey: this.#keyOf(body) });
  }

  /** The same body under the same key: a try whose answer was lost makes no second provider. */
  #keyOf(body: NewProvider): string {
    const text = JSON.stringify(body);
    if (this.#attempt?.body !== text) this.#attempt = { key: this.#deps.newKey(), body: text };
    return this.#attempt.key;
  }

  #accept(faults: Readonly<Record<string, FieldFault>>): boolean {
    const errors = Object.fromEntries(Object.entries(faults).map(([name, fault]) => [name, { fault }]));
    this.store.setState({ errors });
    return Object.keys(errors).length === 0;
  }

  #takeResult({ checks, discovered }: ProviderTestDto): void {
    const fields = checks.flatMap((check) => check.fields ?? []);
    const { edits } = this.store.getState();
    const isEmpty = (name: string) => {
      const field = this.plugin.fields.find((candidate) => candidate.name === name);
      return field !== undefined && shownText(field, edits, this.#provider).trim() === '';
    };
    const news = Object.entries(discovered).filter(([name]) => isEmpty(name));
    this.store.setState({
      errors: this.#fieldErrors(fields).errors,
      edits: { ...edits, ...Object.fromEntries(news.map(([name, text]) => [name, { kind: 'text', text } as const])) },
      found: news.map(([name]) => name),
    });
  }

  #fail(error: unknown): void {
    const { errors, hasStrangers } = this.#fieldErrors(error instanceof ApiError ? (error.problem?.fields ?? []) : []);
    const isOnlyFields = Object.keys(errors).length > 0 && !hasStrangers;
    this.store.setState({ isSaving: false, errors, failure: isOnlyFields ? undefined : error });
  }

  /** `settings.apiKey` stands at its field; what names no field of the form is said above it. */
  #fieldErrors(fields: readonly { readonly path: string; readonly message: string }[]) {
    const errors: Record<string, FieldError> = {};
    let hasStrangers = false;
    for (const { path, message } of fields) {
      const name = path.replace(/^settings\./, '').split('.')[0] ?? path;
      if (name === nameField || name === slugField || this.plugin.fields.some((field) => field.name === name))
        errors[name] = { text: message };
      else hasStrangers = true;
    }
    return { errors, hasStrangers };
  }
}

/** The name of the provider itself, which is no setting of its plugin. */
export const nameField = 'displayName';
/** Its name in front of those of its models. */
export const slugField = 'slug';

function without<Value>(record: Readonly<Record<string, Value>>, name: string): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== name));
}
