import type { Chat, StorageWriter } from '@multimodel/core';
import { expect, test } from 'vitest';
import { sampleChat } from './samples.ts';
import { useStorage } from './shared-storage.ts';
import type { OpenTestStorage } from './test-database.ts';

export function transactionContract(open: OpenTestStorage): void {
  const storage = useStorage(open);
  const find = (chat: Chat) => storage().read.chats.findById(chat.id);

  test('the answer of the work is the answer of the transaction', async () => {
    expect(await storage().transact(async () => 42)).toBe(42);
  });

  test('work that throws leaves nothing, and its error arrives as it is', async () => {
    const chat = sampleChat();
    const error = new Error('no');
    const work = storage().transact(async (tx) => {
      await tx.chats.insert(chat);
      throw error;
    });
    await expect(work).rejects.toBe(error);
    expect(await find(chat)).toBeUndefined();
  });

  test('after a failed statement nothing is kept, even if the work goes on', async () => {
    const chat = sampleChat();
    const work = storage().transact(async (tx) => {
      await tx.chats.insert(chat);
      await tx.chats.insert(chat).catch(() => undefined);
    });
    await expect(work).rejects.toMatchObject({ code: 'conflict' });
    expect(await find(chat)).toBeUndefined();
  });

  test('the transaction sees its own writes, others see them after it', async () => {
    const chat = sampleChat();
    await storage().transact(async (tx) => {
      await tx.chats.insert(chat);
      expect(await tx.chats.findById(chat.id)).toEqual(chat);
      expect(await find(chat)).toBeUndefined();
    });
    expect(await find(chat)).toEqual(chat);
  });

  test('fifty transactions that read and then write lose no update', async () => {
    const chat = sampleChat({ title: '0' });
    await storage().transact((tx) => tx.chats.insert(chat));
    const increment = async (tx: StorageWriter) => {
      const current = await tx.chats.findById(chat.id);
      await tx.chats.update(chat.id, { title: String(Number(current?.title) + 1), updatedAt: 1 });
    };
    await Promise.all(Array.from({ length: 50 }, () => storage().transact(increment)));
    expect((await find(chat))?.title).toBe('50');
  });

  test('a failing transaction between others harms none', async () => {
    const chats = Array.from({ length: 9 }, () => sampleChat());
    const results = await Promise.allSettled(
      chats.map((chat, index) =>
        storage().transact(async (tx) => {
          await tx.chats.insert(chat);
          if (index % 3 === 1) throw new Error('no');
        }),
      ),
    );
    expect(results.map((result) => result.status === 'fulfilled')).toEqual(chats.map((_, index) => index % 3 !== 1));
    const found = await Promise.all(chats.map(find));
    expect(found.map((chat) => chat !== undefined)).toEqual(chats.map((_, index) => index % 3 !== 1));
  });

  test('a transaction that has ended refuses further work', async () => {
    const chat = sampleChat();
    const late = await storage().transact(async (tx) => ({ insert: () => tx.chats.insert(chat) }));
    await expect(late.insert()).rejects.toThrow();
    expect(await find(chat)).toBeUndefined();
    const kept: StorageWriter[] = [];
    const failing = storage().transact(async (tx) => {
      kept.push(tx);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await expect(kept[0]?.chats.insert(chat)).rejects.toThrow();
  });

  test('the database answers', async () => {
    await expect(storage().ping()).resolves.toBeUndefined();
  });

  test('closed, it refuses work in our own words', async () => {
    const opened = await open();
    await opened[Symbol.asyncDispose]();
    await expect(opened.storage.ping()).rejects.toMatchObject({ code: 'storage_unavailable' });
    await expect(opened.storage.read.providers.list()).rejects.toMatchObject({ code: 'storage_unavailable' });
    await expect(opened.storage.transact(async () => 1)).rejects.toMatchObject({ code: 'storage_unavailable' });
    await expect(opened.storage[Symbol.asyncDispose]()).resolves.toBeUndefined();
  });
}
