import { ApiError, NetworkError } from '@multimodel/client';
import type { ProviderDto } from '@multimodel/contract';
import { expect, test } from 'vitest';
import { FakeProviders, fakePlugin } from '../../testing/fake-providers.ts';
import { ProviderForm } from './provider-form.ts';
import { ProviderForms } from './provider-forms.ts';

const text = (value: string) => ({ kind: 'text', text: value }) as const;

function open(provider?: (server: FakeProviders) => ProviderDto) {
  const server = new FakeProviders();
  let keys = 0;
  const newKey = () => {
    keys += 1;
    return `key-${keys}`;
  };
  const form = new ProviderForm({ api: server.client, plugin: fakePlugin, provider: provider?.(server), newKey });
  return { server, form, state: () => form.store.getState(), testState: () => form.test.store.getState().state };
}

const stored = (server: FakeProviders) =>
  server.add({
    settings: { folderId: 'b1g', concurrency: 4 },
    secrets: { apiKey: { isSet: true, lastFour: '1a2b' }, keyFile: { isSet: true } },
  });

const validation = (fields: { path: string; message: string }[]) =>
  new ApiError({
    status: 400,
    code: 'validation_failed',
    problem: { type: '', title: '', status: 400, detail: 'bad', code: 'validation_failed', requestId: 'r', retryable: false, fields },
  });

test('a new provider gets what was filled in, trimmed and of the right kind', async () => {
  const { server, form, state } = open();
  form.edit('apiKey', text(' AQVN \n'));
  form.edit('folderId', text('  '));
  form.edit('concurrency', text('1 000'));
  form.edit('keyFile', text('{"id":"a"}'));
  form.edit('isLogged', { kind: 'flag', isOn: true });
  const saved = await form.save();
  expect(saved).toMatchObject({ settings: { concurrency: 1000, isLogged: true }, secrets: { apiKey: { isSet: true } } });
  expect(saved?.settings).not.toHaveProperty('folderId');
  expect(server.items).toHaveLength(1);
  expect(state()).toMatchObject({ edits: {}, isSaved: true });
  expect(form.isDirty).toBe(false);
});

test('what cannot be sent is said at its field, and nothing is sent', async () => {
  const { server, form, state } = open();
  form.edit('concurrency', text('many'));
  form.edit('keyFile', text('{"id":'));
  expect(await form.save()).toBeUndefined();
  expect(state().errors).toEqual({ apiKey: { fault: 'required' }, concurrency: { fault: 'not_number' }, keyFile: { fault: 'not_json' } });
  expect(server.calls).toEqual([]);
  form.edit('keyFile', text('{}'));
  expect(state().errors).not.toHaveProperty('keyFile');
});

test('an edit sends only what was changed: a secret that was not touched stays', async () => {
  const { server, form } = open(stored);
  form.edit('folderId', text('b1x'));
  form.edit('concurrency', text('4'));
  form.edit('keyFile', { kind: 'cleared' });
  await form.save();
  expect(server.calls).toEqual(['update {"settings":{"folderId":"b1x","keyFile":null}}']);
});

test('an emptied field clears what is stored; a required secret cannot be cleared', async () => {
  const { server, form, state } = open(stored);
  form.edit('folderId', text(''));
  await form.save();
  expect(server.calls).toEqual(['update {"settings":{"folderId":null}}']);
  form.edit('apiKey', { kind: 'cleared' });
  expect(await form.save()).toBeUndefined();
  expect(state().errors).toEqual({ apiKey: { fault: 'required' } });
});

test('a failed save loses nothing, and the next try is the same request', async () => {
  const { server, form, state } = open();
  form.edit('apiKey', text('AQVN'));
  server.failNext(new NetworkError('gone'));
  expect(await form.save()).toBeUndefined();
  expect(state()).toMatchObject({ edits: { apiKey: text('AQVN') }, isSaving: false, failure: expect.any(NetworkError) });
  await form.save();
  expect(server.calls).toEqual(['create key-1', 'create key-1']);
  expect(state().failure).toBeUndefined();
});

test('another body after a failed save is another request', async () => {
  const { server, form } = open();
  form.edit('apiKey', text('AQVN'));
  server.failNext(new NetworkError('gone'));
  await form.save();
  form.edit('apiKey', text('AQVN2'));
  await form.save();
  expect(server.calls).toEqual(['create key-1', 'create key-2']);
});

test("the server's faults stand at their fields; those of no field are said above them", async () => {
  const { server, form, state } = open();
  form.edit('apiKey', text('t1.x'));
  server.failNext(validation([{ path: 'settings.apiKey', message: 'This is an IAM token' }]));
  await form.save();
  expect(state()).toMatchObject({ errors: { apiKey: { text: 'This is an IAM token' } }, failure: undefined });
  server.failNext(validation([{ path: 'plugin', message: 'gone' }]));
  await form.save();
  expect(state().failure).toBeInstanceOf(ApiError);
});

test('a test asks with what stands in the form, over what is stored', async () => {
  const { server, form } = open(stored);
  form.edit('folderId', text('b1x'));
  expect(await form.runTest()).toBe(true);
  expect(server.tested).toEqual([{ plugin: 'fake', id: form.provider?.id, settings: { folderId: 'b1x', concurrency: 4 } }]);
  expect(server.calls).not.toContain('update');
});

test('what the vendor told is filled in where nothing stands, and said', async () => {
  const { server, form, state } = open();
  form.edit('apiKey', text('AQVN'));
  server.testResult = { ok: true, checks: [], discovered: { folderId: 'b1found', unknown: 'x' }, models: [] };
  await form.runTest();
  expect(state()).toMatchObject({ edits: { folderId: text('b1found') }, found: ['folderId'] });
  expect(state().edits).not.toHaveProperty('unknown');
  form.edit('folderId', text('b1mine'));
  expect(state().found).toEqual([]);
  await form.runTest();
  expect(state().edits['folderId']).toEqual(text('b1mine'));
});

test('a test that was given up leaves no result, and a changed form outdates one', async () => {
  const { server, form, testState } = open(stored);
  const gate = Promise.withResolvers<void>();
  server.testGate = gate.promise;
  const running = form.runTest();
  expect(testState().kind).toBe('running');
  form.test.cancel();
  expect(await running).toBe(false);
  expect(testState().kind).toBe('idle');
  gate.resolve();
  await form.runTest();
  expect(testState()).toMatchObject({ kind: 'done', isOutdated: false });
  form.edit('folderId', text('b1x'));
  expect(testState()).toMatchObject({ kind: 'done', isOutdated: true });
});

test('what was typed while the form was on its way stays', async () => {
  const { form, state } = open(stored);
  form.edit('folderId', text('b1x'));
  const saving = form.save();
  form.edit('concurrency', text('5'));
  await saving;
  expect(state().edits).toEqual({ concurrency: text('5') });
  expect(form.isDirty).toBe(true);
});

test('a list that is older than the own save does not bring the old values back', async () => {
  const { server, form } = open(stored);
  const [before] = server.items;
  form.edit('folderId', text('b1x'));
  await form.save();
  if (before) form.adopt(before);
  expect(form.provider?.settings).toMatchObject({ folderId: 'b1x' });
});

test('forms are kept for as long as the page lives, and told apart', () => {
  const server = new FakeProviders();
  const forms = new ProviderForms({ api: server.client, newKey: () => 'key' });
  const provider = stored(server);
  const fresh = forms.open(fakePlugin);
  fresh.edit('apiKey', text('AQVN'));
  expect(forms.open(fakePlugin)).toBe(fresh);
  expect(forms.open(fakePlugin, provider)).not.toBe(fresh);
  expect([forms.hasUnsaved, forms.isDirty(provider)]).toEqual([true, false]);
  forms.forget(fresh);
  expect(forms.open(fakePlugin).isDirty).toBe(false);
});

test('the chosen way of connecting asks for its own field, though the plugin could do without it', async () => {
  const { server, form, state } = open(stored);
  form.want(['folderId']);
  form.edit('folderId', text(' '));
  expect(await form.runTest()).toBe(false);
  expect(state().errors).toEqual({ folderId: { fault: 'required' } });
  form.want([]);
  expect(await form.runTest()).toBe(true);
  expect(server.tested).toHaveLength(1);
});
