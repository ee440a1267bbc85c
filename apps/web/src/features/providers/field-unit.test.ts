import type { ProviderPluginDto, ProviderSettingFieldDto } from '@multimodel/contract';
import { expect, test } from 'vitest';
import { FakeProviders } from '../../testing/fake-providers.ts';
import { isEdited, shownText, toWire } from './field-edit.ts';
import { withoutUnit } from './field-unit.ts';

const field: ProviderSettingFieldDto = {
  name: 'idleTimeoutMs',
  kind: 'number',
  isRequired: false,
  isSecret: false,
  isAdvanced: true,
  label: { ru: 'Ждать продолжения, мс', en: 'Wait for the next piece, ms' },
  default: 60_000,
};
const plugin: ProviderPluginDto = { id: 'p', displayName: 'P', isDemo: false, fields: [field] };
const edit = (text: string) => ({ idleTimeoutMs: { kind: 'text', text } }) as const;

test('a duration is shown and typed in seconds and kept in milliseconds', () => {
  const provider = new FakeProviders().add({ settings: { idleTimeoutMs: 2_500 } });
  expect(shownText(field, {}, provider)).toBe('2.5');
  expect(isEdited(field, edit('2.5'), provider)).toBe(false);
  expect(toWire(plugin, edit('90'), provider).settings).toEqual({ idleTimeoutMs: 90_000 });
  expect(toWire(plugin, edit('0,0015'), provider).settings).toEqual({ idleTimeoutMs: 2 });
  expect(toWire(plugin, edit('soon'), provider).faults).toEqual({ idleTimeoutMs: 'not_number' });
});

test('other numbers are what they are', () => {
  const count = { ...field, name: 'concurrency' };
  const provider = new FakeProviders().add({ settings: { concurrency: 2_500 } });
  expect(shownText(count, {}, provider)).toBe('2500');
});

test('the unit of the label goes, and nothing else', () => {
  expect([field.label.ru, field.label.en, 'Frames, rooms', 'ms'].map(withoutUnit)).toEqual([
    'Ждать продолжения',
    'Wait for the next piece',
    'Frames, rooms',
    'ms',
  ]);
});
