import { describe, expect, test } from 'vitest';
import type { ModelInfo } from '../model/model-info.ts';
import { createTestCore, modelInfo, providerFault, scriptedModel, settle, testActor } from '../testing/index.ts';

const ann = testActor();
const minute = 60_000;

/** A provider whose list is answered by hand. */
function listing(catalog: readonly ModelInfo[] = []) {
  const asked: (PromiseWithResolvers<readonly ModelInfo[]> & { readonly signal: AbortSignal })[] = [];
  const listModels = (signal: AbortSignal): Promise<readonly ModelInfo[]> => {
    const answer = { ...Promise.withResolvers<readonly ModelInfo[]>(), signal };
    asked.push(answer);
    return answer.promise;
  };
  return { asked, model: scriptedModel({ catalog, listModels }) };
}

describe('list', () => {
  test('names every model of every provider with its state', async () => {
    const [real, demo] = [
      scriptedModel({ slug: 'real', models: [modelInfo('a'), modelInfo('b/c')] }),
      scriptedModel({ slug: 'demo', isDemo: true }),
    ];
    const core = await createTestCore({ providers: [real, demo] });
    expect(await core.models.list(ann)).toMatchObject([
      { publicId: 'real/a', provider: 'real', providerName: 'real', state: 'ready', isDemo: false },
      { publicId: 'real/b/c' },
      { publicId: 'demo/one', isDemo: true },
    ]);
  });

  test('asks the vendor once for many readers, then not for ten minutes, then behind their backs', async () => {
    const { asked, model } = listing();
    const core = await createTestCore({ providers: [model] });
    const readers = Promise.all([core.models.list(ann), core.models.list(ann)]);
    await settle();
    expect(asked).toHaveLength(1);
    asked[0]?.resolve([modelInfo('old')]);
    expect((await readers).map((list) => list.map(({ id }) => id))).toEqual([['old'], ['old']]);
    await core.clock.advance(10 * minute - 1);
    await core.models.list(ann);
    expect(asked).toHaveLength(1);
    await core.clock.advance(1);
    expect((await core.models.list(ann)).map(({ id }) => id)).toEqual(['old']);
    expect((await core.models.list(ann)).map(({ id }) => id)).toEqual(['old']);
    expect(asked).toHaveLength(2);
    asked[1]?.resolve([modelInfo('new')]);
    await settle();
    expect((await core.models.list(ann)).map(({ id }) => id)).toEqual(['new']);
    expect(core.clock.pendingTimers).toBe(0);
  });

  test('a vendor that refuses is shown by the dated list, as failing, and asked again in a minute', async () => {
    const { asked, model } = listing([modelInfo('dated', { source: 'catalog' })]);
    const core = await createTestCore({ providers: [model] });
    const first = core.models.list(ann);
    await settle();
    asked[0]?.reject(providerFault('auth'));
    expect(await first).toMatchObject([{ id: 'dated', source: 'catalog', state: 'failing' }]);
    await core.clock.advance(minute);
    await core.models.list(ann);
    asked[1]?.resolve([modelInfo('live')]);
    await settle();
    expect(await core.models.list(ann)).toMatchObject([{ id: 'live', state: 'ready' }]);
  });

  test('a vendor that hangs, and does not even heed the abort, holds the list up for five seconds', async () => {
    const { asked, model } = listing([modelInfo('dated')]);
    const core = await createTestCore({ providers: [model, scriptedModel({ slug: 'other' })] });
    let ids: readonly string[] | undefined;
    void core.models.list(ann).then((list) => {
      ids = list.map(({ publicId }) => publicId);
    });
    await core.clock.advance(4_999);
    expect(ids).toBeUndefined();
    await core.clock.advance(1);
    expect(asked[0]?.signal.aborted).toBe(true);
    expect(ids).toEqual(['scripted/dated', 'other/one']);
    expect(core.clock.pendingTimers).toBe(0);
  });

  test('a clock that is set back makes no list fresh for ever', async () => {
    const { asked, model } = listing();
    const core = await createTestCore({ providers: [model] });
    const first = core.models.list(ann);
    await settle();
    asked[0]?.resolve([]);
    await first;
    core.clock.setNow(0);
    await core.clock.advance(10 * minute);
    await core.models.list(ann);
    expect(asked).toHaveLength(2);
  });

  test('leaves out what cannot be asked', async () => {
    const core = await createTestCore();
    core.registry.load([{ ...core.model.record, plugin: 'unknown' }]);
    expect(await core.models.list(ann)).toEqual([]);
    await expect(core.models.defaultModel(ann)).rejects.toMatchObject({ code: 'provider_not_configured' });
  });
});

describe('resolve', () => {
  test('finds what is known of a model, and asks for an unlisted one all the same', async () => {
    const core = await createTestCore({ providers: [scriptedModel({ catalog: [modelInfo('a/b', { contextWindow: 100 })] })] });
    expect(core.models.resolve('scripted/a/b')).toMatchObject({ publicId: 'scripted/a/b', modelId: 'a/b', info: { contextWindow: 100 } });
    expect(core.models.resolve('scripted/unlisted')).toMatchObject({ modelId: 'unlisted', info: undefined });
  });

  test('a model that makes embeddings does not chat, unless one of the same name does', async () => {
    const embedding = modelInfo('embed', { kind: 'embedding' });
    const both = [modelInfo('both', { kind: 'embedding' }), modelInfo('both')];
    const core = await createTestCore({ providers: [scriptedModel({ catalog: [embedding, ...both] })] });
    expect(() => core.models.resolve('scripted/embed')).toThrow(
      expect.objectContaining({ code: 'validation_failed', message: 'Model "scripted/embed" does not chat: it makes embeddings' }),
    );
    expect(core.models.resolve('scripted/both')).toMatchObject({ info: { kind: 'chat' } });
  });

  test.for(['', 'scripted', '/one', 'scripted/'])('%j is no name of a model', async (name) => {
    const core = await createTestCore();
    expect(() => core.models.resolve(name)).toThrow(
      expect.objectContaining({ code: 'validation_failed', details: { fields: [expect.objectContaining({ path: 'model' })] } }),
    );
  });

  test('an unknown provider is named', async () => {
    const core = await createTestCore();
    expect(() => core.models.resolve('gone/one')).toThrow(
      expect.objectContaining({ code: 'provider_not_configured', details: { provider: 'gone', configured: ['scripted'] } }),
    );
  });
});
