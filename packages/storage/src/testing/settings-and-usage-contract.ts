import type { UserSettings } from '@multimodel/core';
import { defaultUserSettings, toProviderId, toRunId, toUserId, toWorkspaceId } from '@multimodel/core';
import { expect, test } from 'vitest';
import { localUser, nextId, sampleUsage } from './samples.ts';
import { useStorage } from './shared-storage.ts';
import type { OpenTestStorage } from './test-database.ts';

export function settingsAndUsageContract(open: OpenTestStorage): void {
  const storage = useStorage(open);

  test('settings are absent, then saved, then replaced', async () => {
    const settings: UserSettings = {
      theme: 'dark',
      language: 'ru',
      defaultModel: 'work/yandexgpt',
      generation: { temperature: 0.2 },
      sendOnEnter: false,
    };
    expect(await storage().read.settings.findByUser(localUser)).toBeUndefined();
    await storage().transact((tx) => tx.settings.save(localUser, settings, 1));
    expect(await storage().read.settings.findByUser(localUser)).toEqual(settings);
    await storage().transact((tx) => tx.settings.save(localUser, defaultUserSettings, 2));
    expect(await storage().read.settings.findByUser(localUser)).toEqual(defaultUserSettings);
  });

  test('settings of nobody are refused', async () => {
    await expect(storage().transact((tx) => tx.settings.save(toUserId('nobody'), defaultUserSettings, 1))).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  test('usage comes back as it was stored, by attempt', async () => {
    const runId = toRunId(nextId());
    const second = sampleUsage({
      runId,
      attempt: 2,
      workspaceId: toWorkspaceId('team'),
      providerId: toProviderId(nextId()),
      usage: { inputTokens: 1_500, outputTokens: 2_500, reasoningTokens: 3, cachedInputTokens: 4, isEstimated: false },
      cost: { amount: 0.000001, currency: 'RUB', isEstimated: false },
      queueMs: 12.25,
      firstTokenMs: 340.5,
      createdAt: 1_790_000_000_123,
    });
    const first = sampleUsage({ runId, outcome: 'failed', errorCode: 'rate_limited', usage: { inputTokens: 0, outputTokens: 0 } });
    await storage().transact(async (tx) => {
      await tx.usage.insert(second);
      await tx.usage.insert(first);
      await tx.usage.insert(sampleUsage());
    });
    expect(await storage().read.usage.listByRun(runId)).toEqual([first, second]);
    expect(await storage().read.usage.listByRun(toRunId('nobody'))).toEqual([]);
  });
}
