import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger, ProviderPlugin, RootFacts, RootStore } from '@multimodel/core';
import { fetchPinnedRoot, readPinnedRoot } from '@multimodel/provider-sdk';

/** Root certificates as files of the data folder, `trust/<plugin>.pem`. A file counts only with the fingerprint that its plugin names. */
export class RootFiles implements RootStore {
  readonly #folder: string;
  readonly #logger: Logger;
  readonly #found = new Map<string, readonly string[]>();

  constructor(dataDir: string, logger: Logger) {
    this.#folder = join(dataDir, 'trust');
    this.#logger = logger;
  }

  find(plugin: ProviderPlugin): readonly string[] {
    const known = this.#found.get(plugin.id) ?? this.#read(plugin);
    this.#found.set(plugin.id, known);
    return known;
  }

  async fetch(plugin: ProviderPlugin, signal: AbortSignal): Promise<RootFacts> {
    const { id, trustedRoot } = plugin;
    if (!trustedRoot) throw new TypeError(`The plugin ${id} names no root certificate`);
    const { pem, fingerprint, subject, validTo } = await fetchPinnedRoot(trustedRoot, { providerId: id, signal });
    await this.#write(id, pem);
    this.#found.set(id, [pem]);
    this.#logger.info({ plugin: id, fingerprint, subject }, 'a root certificate was fetched and is trusted for this plugin');
    return { fingerprint, subject, validTo };
  }

  #pathOf(pluginId: string): string {
    return join(this.#folder, `${encodeURIComponent(pluginId)}.pem`);
  }

  #read({ id, trustedRoot }: ProviderPlugin): readonly string[] {
    const text = trustedRoot && this.#readText(id);
    if (!trustedRoot || text === undefined) return [];
    const root = readPinnedRoot(text, trustedRoot.fingerprint);
    if (root) return [root.pem];
    this.#logger.warn(
      { plugin: id, path: this.#pathOf(id) },
      'this file is not the root certificate that the plugin names, and is not trusted',
    );
    return [];
  }

  #readText(id: string): string | undefined {
    try {
      return readFileSync(this.#pathOf(id), 'utf8');
    } catch {
      return undefined;
    }
  }

  /** Whole or not at all: a start in the middle must not find half a certificate. */
  async #write(id: string, pem: string): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const draft = join(this.#folder, `.${randomUUID()}.pem`);
    try {
      await writeFile(draft, pem, { mode: 0o644 });
      await rename(draft, this.#pathOf(id));
    } finally {
      await rm(draft, { force: true });
    }
  }
}
