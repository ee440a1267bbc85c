import { ApiError, NetworkError } from '@multimodel/client';
import type { ProviderDto } from '@multimodel/contract';
import { QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import type { UndoableAction } from '../../state/undoable-actions.ts';
import { FakeProviders } from '../../testing/fake-providers.ts';
import { ProviderActions } from './provider-actions.ts';
import { modelsKey, providersKey } from './providers-query.ts';

function setUp(count = 3) {
  const server = new FakeProviders();
  const providers = Array.from({ length: count }, (_, index) => server.add({ slug: `p${index}`, displayName: `P${index}` }));
  const queries = new QueryClient();
  queries.setQueryData(providersKey, providers);
  const failures: string[] = [];
  const undoables: UndoableAction[] = [];
  const notices = {
    failure: (text: string) => void failures.push(text),
    undoable: (_: string, action: UndoableAction) => void undoables.push(action),
  };
  const actions = new ProviderActions({ api: server.client, queries, notices });
  const shown = () => (queries.getQueryData<readonly ProviderDto[]>(providersKey) ?? []).map(({ displayName }) => displayName);
  const [first, second, third] = providers;
  if (!first || !second || !third) throw new Error('there are three');
  return { server, queries, failures, undoables, actions, shown, providers, first, second, third };
}

test('a switch is seen at once, and a refused one is said', async () => {
  const { server, queries, actions, failures, first } = setUp();
  const done = actions.setEnabled(first, false);
  expect(queries.getQueryData<readonly ProviderDto[]>(providersKey)?.[0]?.isEnabled).toBe(false);
  await done;
  expect(server.items[0]?.isEnabled).toBe(false);
  server.failNext(new NetworkError('gone'));
  await actions.setEnabled(first, true);
  expect(failures).toHaveLength(1);
});

test('moving changes places and tells the new one', async () => {
  const { server, actions, shown, providers, first, third } = setUp();
  await actions.move(providers, third, -1);
  expect(shown()).toEqual(['P0', 'P2', 'P1']);
  expect(server.calls).toEqual(['update {"position":1}']);
  await actions.move(providers, first, -1);
  expect(server.calls).toHaveLength(1);
});

test('a provider that waits to be deleted is jumped over', async () => {
  const { server, actions, providers, second, third } = setUp();
  actions.delete(second);
  await actions.move(
    providers.filter(({ id }) => id !== second.id),
    third,
    -1,
  );
  expect(server.calls).toEqual(['update {"position":0}']);
});

test('a deletion reaches the server only when it can no longer be taken back', async () => {
  const { server, queries, actions, undoables, first } = setUp();
  queries.setQueryData(modelsKey, [
    { id: 'p0/a', provider: 'p0' },
    { id: 'p1/a', provider: 'p1' },
  ]);
  actions.delete(first);
  expect(actions.hidden.getState().ids).toEqual(new Set([first.id]));
  expect(queries.getQueryData(modelsKey)).toEqual([{ id: 'p1/a', provider: 'p1' }]);
  expect(server.calls).toEqual([]);
  undoables[0]?.undo();
  expect(actions.hidden.getState().ids.size).toBe(0);
  actions.delete(first);
  undoables[1]?.commit();
  await expect.poll(() => actions.hidden.getState().ids.size).toBe(0);
  expect(server.items.map(({ id }) => id)).not.toContain(first.id);
});

test('a deletion that fails brings the row back and says so; one that was done elsewhere is fine', async () => {
  const { server, actions, undoables, failures, first, second } = setUp();
  actions.delete(first);
  server.failNext(new NetworkError('gone'));
  undoables[0]?.commit();
  await expect.poll(() => actions.hidden.getState().ids.size).toBe(0);
  expect(failures).toHaveLength(1);
  actions.delete(second);
  server.failNext(new ApiError({ status: 404, code: 'not_found' }));
  undoables[1]?.commit();
  await expect.poll(() => actions.hidden.getState().ids.size).toBe(0);
  expect(failures).toHaveLength(1);
});
