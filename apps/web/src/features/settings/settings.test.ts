import type { ModelDto } from '@multimodel/contract';
import { describe, expect, test } from 'vitest';
import { changedSettings, differingSettings, readNumber, unusedSettings, withSetting } from './changed-settings.ts';
import { activePreset, applyPreset, presetIds, presetTemperature } from './presets.ts';
import { readLines, stopFault, toLines } from './stop-texts.ts';

type Parameters = ModelDto['parameters'];
const yandex: Parameters = { temperature: { min: 0, max: 1, step: 0.1, default: 0.3 }, maxOutputTokens: { min: 1, max: 32_768 } };
const openAi: Parameters = {
  temperature: { min: 0, max: 2, default: 1 },
  topP: { min: 0, max: 1, default: 1 },
  seed: true,
  stop: true,
  reasoningEffort: ['low', 'high'],
};

describe('presets', () => {
  test('are scaled to the range of the model, and the middle one is its own way', () => {
    const all = (parameters: Parameters) => presetIds.map((id) => parameters.temperature && presetTemperature(id, parameters.temperature));
    expect(all(yandex)).toEqual([0.1, 0.3, 0.6]);
    expect(all(openAi)).toEqual([0.2, 1, 1.2]);
    expect(all({ temperature: { min: 0, max: 1 } })).toEqual([0.1, 0.35, 0.6]);
  });

  test('change how words are chosen and nothing else', () => {
    const before = { systemPrompt: 'Be kind', maxOutputTokens: 100, topP: 0.5 };
    expect(applyPreset(before, 'creative', openAi)).toEqual({ systemPrompt: 'Be kind', maxOutputTokens: 100, temperature: 1.2 });
    expect(applyPreset({ ...before, temperature: 1.2 }, 'balanced', openAi)).toEqual({ systemPrompt: 'Be kind', maxOutputTokens: 100 });
    expect(applyPreset(before, 'creative', {})).toBe(before);
  });

  test('are recognised, and a change by hand is one of nobody', () => {
    for (const parameters of [yandex, openAi, { temperature: { min: 0, max: 1 } }]) {
      for (const id of presetIds) expect(activePreset(applyPreset({}, id, parameters), parameters)).toBe(id);
      expect(activePreset({ temperature: 0.77 }, parameters)).toBe('custom');
    }
    expect(activePreset({}, yandex)).toBe('balanced');
    expect(activePreset({ topP: 0.5 }, openAi)).toBe('custom');
    expect(activePreset({ topP: 0.5 }, yandex)).toBe('balanced');
    expect(activePreset({}, { temperature: { min: 0, max: 1 } })).toBe('custom');
    expect(activePreset({}, {})).toBeUndefined();
  });
});

describe('settings and a model', () => {
  const settings = { temperature: 1.5, topP: 0.5, seed: 7, stop: ['END'], systemPrompt: 'x' };

  test('what the model lacks is kept and known as unused', () => {
    expect(unusedSettings(settings, yandex)).toEqual(['topP', 'stop', 'seed']);
    expect(unusedSettings(settings, openAi)).toEqual([]);
    expect(unusedSettings(settings, undefined)).toEqual([]);
    expect(changedSettings(settings, yandex)).toEqual(['systemPrompt', 'temperature']);
    expect(changedSettings(settings, openAi)).toEqual(['systemPrompt', 'temperature', 'topP', 'stop', 'seed']);
  });

  test('two sets are compared by what they say', () => {
    expect(differingSettings(settings, { ...settings, stop: ['END'] })).toEqual([]);
    expect(differingSettings(settings, withSetting(settings, 'stop', ['X']))).toEqual(['stop']);
    expect(differingSettings({}, { temperature: 0 })).toEqual(['temperature']);
  });
});

test('numbers are read as people write them, and never cut in silence', () => {
  const range = { min: 0, max: 1, step: 0.1 };
  expect(readNumber('0,66', range)).toEqual({ value: 0.7 });
  expect(readNumber(' ', range)).toEqual({ value: undefined });
  expect(readNumber('12\u00a0000', { min: 1, max: 32_000 })).toEqual({ value: 12_000 });
  expect([readNumber('5', range), readNumber('-0,1', range), readNumber('x', range)]).toEqual([
    'out-of-range',
    'out-of-range',
    'not-a-number',
  ]);
});

test('stop texts are one a line, line breaks and backslashes included', () => {
  const texts = ['END', '\n\n', '\\n', ' two words', '\t'];
  expect(toLines(texts)).toBe('END\n\\n\\n\n\\\\n\n two words\n\\t');
  expect(readLines(toLines(texts))).toEqual(texts);
  expect(readLines('\n\n')).toBeUndefined();
  expect(readLines('a\na\nb')).toEqual(['a', 'b']);
  expect([stopFault(['a', 'b', 'c', 'd']), stopFault(['a', 'b', 'c', 'd', 'e']), stopFault(['x'.repeat(101)])]).toEqual([
    undefined,
    'too-many',
    'too-long',
  ]);
});
