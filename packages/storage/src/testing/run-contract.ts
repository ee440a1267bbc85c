import type { RunEvent } from '@multimodel/core';
import { toChatId, toMessageId, toRunId } from '@multimodel/core';
import { expect, test } from 'vitest';
import { insertConversation, sampleRun, textEvents } from './samples.ts';
import { useStorage } from './shared-storage.ts';
import type { OpenTestStorage } from './test-database.ts';

const end = { state: 'completed', lastSeq: 7, finishedAt: 9_000 } as const;

export function runContract(open: OpenTestStorage): void {
  const storage = useStorage(open);
  const start = (changes = {}) => storage().transact((tx) => insertConversation(tx, changes));

  test('a run comes back as it was stored, and unknown ones are not found', async () => {
    const { run } = await start({ settings: { temperature: 0.1, systemPrompt: 'Кратко' } });
    expect(await storage().read.runs.findById(run.id)).toEqual(run);
    expect(await storage().read.runs.findById(toRunId('nobody'))).toBeUndefined();
    expect(await storage().read.runs.findActiveByChat(toChatId('nobody'))).toBeUndefined();
    expect(await storage().read.runs.loadEvents(toRunId('nobody'))).toEqual([]);
  });

  test('a run of a message that does not exist is refused', async () => {
    const { answer } = await start();
    const run = sampleRun({ ...answer, id: toMessageId('nobody') });
    await expect(storage().transact((tx) => tx.runs.insert(run))).rejects.toMatchObject({ code: 'conflict' });
  });

  test('queued, running, at rest: active until it ends, and it ends once', async () => {
    const { chat, run } = await start();
    const active = () => storage().read.runs.findActiveByChat(chat.id);
    expect(await active()).toEqual(run);
    await storage().transact((tx) => tx.runs.markRunning(run.id));
    expect(await active()).toEqual({ ...run, state: 'running' });
    expect(await storage().transact((tx) => tx.runs.finish(run.id, end))).toBe(true);
    expect(await active()).toBeUndefined();
    expect(await storage().transact((tx) => tx.runs.finish(run.id, { ...end, state: 'failed', lastSeq: 8 }))).toBe(false);
    await storage().transact((tx) => tx.runs.markRunning(run.id));
    expect(await storage().read.runs.findById(run.id)).toEqual({ ...run, ...end });
  });

  test('of two that end a run at once, exactly one does', async () => {
    const { run } = await start();
    const states = ['stopped', 'completed'] as const;
    const results = await Promise.all(states.map((state) => storage().transact((tx) => tx.runs.finish(run.id, { ...end, state }))));
    expect(results.filter((hasEnded) => hasEnded)).toHaveLength(1);
    expect((await storage().read.runs.findById(run.id))?.state).toBe(states[results.indexOf(true)]);
  });

  test('chunks of many runs are logged together and read back in order, until the run ends', async () => {
    const first = await start();
    const second = await start();
    const tail = textEvents(4, 'a', 'b', 'c', 'd', 'e', 'f', 'g');
    const tool: RunEvent = { seq: 3, type: 'tool-call', callId: 'c', name: 'n', arguments: { deep: [{ a: null }] } };
    await storage().transact((tx) =>
      tx.runs.appendChunks([
        { runId: first.run.id, events: textEvents(1, 'При', 'вет 👋') },
        { runId: second.run.id, events: textEvents(1, '\u0000"\\') },
      ]),
    );
    await storage().transact((tx) => tx.runs.appendChunks([{ runId: first.run.id, events: [tool] }]));
    await storage().transact((tx) => tx.runs.appendChunks([{ runId: first.run.id, events: tail }]));
    expect(await storage().read.runs.loadEvents(first.run.id)).toEqual([...textEvents(1, 'При', 'вет 👋'), tool, ...tail]);
    expect(await storage().read.runs.loadEvents(second.run.id)).toEqual(textEvents(1, '\u0000"\\'));
    await storage().transact((tx) => tx.runs.finish(first.run.id, end));
    expect(await storage().read.runs.loadEvents(first.run.id)).toEqual([]);
    expect(await storage().read.runs.loadEvents(second.run.id)).toHaveLength(1);
  });

  test('a run whose chat was deleted does not undo the chunks of the others', async () => {
    const gone = await start();
    const alive = await start();
    await storage().transact((tx) => tx.chats.delete(gone.chat.id));
    await storage().transact((tx) =>
      tx.runs.appendChunks([
        { runId: gone.run.id, events: textEvents(1, 'lost') },
        { runId: alive.run.id, events: textEvents(1, 'kept') },
      ]),
    );
    expect(await storage().read.runs.loadEvents(alive.run.id)).toEqual(textEvents(1, 'kept'));
    expect(await storage().read.runs.loadEvents(gone.run.id)).toEqual([]);
  });

  test('nothing to log is no error, the same place twice is', async () => {
    const { run } = await start();
    await storage().transact((tx) => tx.runs.appendChunks([]));
    await storage().transact((tx) => tx.runs.appendChunks([{ runId: run.id, events: [] }]));
    const append = () => storage().transact((tx) => tx.runs.appendChunks([{ runId: run.id, events: textEvents(1, 'x') }]));
    await append();
    await expect(append()).rejects.toMatchObject({ code: 'conflict' });
  });

  test('orphans are the runs not at rest of other processes, oldest first', async () => {
    const own = await start({ processId: 'orphan-test-own' });
    const lost = await start({ processId: 'orphan-test-dead', state: 'running' });
    const ended = await start({ processId: 'orphan-test-dead' });
    await storage().transact((tx) => tx.runs.finish(ended.run.id, end));
    const orphans = await storage().read.runs.listOrphans('orphan-test-own', 1_000);
    const ids = orphans.map((run) => run.id);
    expect(ids).toContain(lost.run.id);
    expect(ids).not.toContain(own.run.id);
    expect(ids).not.toContain(ended.run.id);
    expect(ids).toEqual(ids.toSorted());
    expect(await storage().read.runs.listOrphans('orphan-test-own', 1)).toEqual(orphans.slice(0, 1));
  });
}
