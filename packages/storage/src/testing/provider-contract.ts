import { toProviderId } from '@multimodel/core';
import { expect, test } from 'vitest';
import { nextId, sampleChat, sampleMessage, sampleProvider } from './samples.ts';
import { useStorage } from './shared-storage.ts';
import type { OpenTestStorage } from './test-database.ts';

export function providerContract(open: OpenTestStorage): void {
  const storage = useStorage(open);

  test('a provider comes back as it was stored', async () => {
    const provider = sampleProvider({ sealedSecrets: 'v1.sealed', isEnabled: false, settings: { nested: { list: [1, null, 'ё'] } } });
    await storage().transact((tx) => tx.providers.save(provider));
    expect(await storage().read.providers.findBySlug(provider.slug)).toEqual(provider);
    expect(await storage().read.providers.findBySlug('nobody')).toBeUndefined();
  });

  test('saving a known slug replaces all but its id and its birth', async () => {
    const before = sampleProvider({ sealedSecrets: 'old' });
    const after = sampleProvider({
      slug: before.slug,
      displayName: 'Work',
      plugin: 'gigachat',
      settings: {},
      position: 9,
      createdAt: 1,
      updatedAt: 2,
      source: 'config',
    });
    await storage().transact((tx) => tx.providers.save(before));
    await storage().transact((tx) => tx.providers.save(after));
    expect(await storage().read.providers.findBySlug(before.slug)).toEqual({ ...after, id: before.id, createdAt: before.createdAt });
  });

  test('the list is ordered by position', async () => {
    const slugs = ['third', 'first', 'second'];
    await storage().transact(async (tx) => {
      for (const [index, position] of [103, 101, 102].entries())
        await tx.providers.save(sampleProvider({ slug: slugs[index] ?? '', position }));
    });
    const listed = await storage().read.providers.list();
    expect(listed.map((provider) => provider.slug).filter((slug) => slugs.includes(slug))).toEqual(['first', 'second', 'third']);
  });

  test('deleting one leaves its answers, which keep its slug', async () => {
    const provider = sampleProvider();
    const chat = sampleChat();
    const answer = sampleMessage(chat, { role: 'assistant', providerId: provider.id, provider: provider.slug });
    await storage().transact(async (tx) => {
      await tx.providers.save(provider);
      await tx.chats.insert(chat);
      await tx.messages.insert(answer);
      await tx.providers.delete(provider.id);
      await tx.providers.delete(toProviderId(nextId()));
    });
    expect(await storage().read.providers.findBySlug(provider.slug)).toBeUndefined();
    expect(await storage().read.messages.findById(answer.id)).toEqual({ ...answer, providerId: undefined });
  });

  test('an answer that ends after its provider was deleted is stored, and keeps its slug', async () => {
    const provider = sampleProvider();
    const chat = sampleChat();
    const answer = sampleMessage(chat, { role: 'assistant', state: 'streaming' });
    await storage().transact(async (tx) => {
      await tx.providers.save(provider);
      await tx.chats.insert(chat);
      await tx.messages.insert(answer);
    });
    await storage().transact((tx) => tx.providers.delete(provider.id));
    const outcome = {
      text: 'done',
      state: 'completed',
      providerId: provider.id,
      provider: provider.slug,
      model: `${provider.slug}/one`,
    } as const;
    await storage().transact((tx) => tx.messages.setOutcome(answer.id, outcome));
    expect(await storage().read.messages.findById(answer.id)).toMatchObject({ ...outcome, providerId: undefined });
  });

  test('an answer that ends while its provider is being deleted waits for that, and is stored', async () => {
    const provider = sampleProvider();
    const chat = sampleChat();
    const answer = sampleMessage(chat, { role: 'assistant', state: 'streaming' });
    await storage().transact(async (tx) => {
      await tx.providers.save(provider);
      await tx.chats.insert(chat);
      await tx.messages.insert(answer);
    });
    const [deleted, mayCommit] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const deletion = storage().transact(async (tx) => {
      await tx.providers.delete(provider.id);
      deleted.resolve();
      await mayCommit.promise;
    });
    await deleted.promise;
    const outcome = { text: 'done', state: 'completed', providerId: provider.id, provider: provider.slug } as const;
    const ending = storage().transact((tx) => tx.messages.setOutcome(answer.id, outcome));
    // Round trips in which the ending reaches the database.
    for (let trip = 0; trip < 20; trip += 1) await storage().read.messages.findById(answer.id);
    mayCommit.resolve();
    await Promise.all([deletion, ending]);
    expect(await storage().read.messages.findById(answer.id)).toMatchObject({ ...outcome, providerId: undefined });
  });

  test('an answer whose provider is still there refers to it', async () => {
    const provider = sampleProvider();
    const chat = sampleChat();
    const answer = sampleMessage(chat, { role: 'assistant', state: 'streaming' });
    await storage().transact(async (tx) => {
      await tx.providers.save(provider);
      await tx.chats.insert(chat);
      await tx.messages.insert(answer);
      await tx.messages.setOutcome(answer.id, { text: 'done', state: 'completed', providerId: provider.id, provider: provider.slug });
    });
    expect((await storage().read.messages.findById(answer.id))?.providerId).toBe(provider.id);
  });
}
