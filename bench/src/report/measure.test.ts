import { describe, expect, test } from 'vitest';
import { formatTable } from './format-table.ts';
import { judge, type Measure } from './measure.ts';

const cpu: Measure = {
  scenario: 'saturation',
  name: 'CPU per answer',
  unit: 'ms',
  values: { baseline: 0.8, sqlite: 1.6, postgres: 2 },
  budget: { limit: 1.5, of: 'ratio', unit: '× proxy' },
};

describe('a budget', () => {
  test('on a ratio is held against the bare proxy', () => {
    expect(judge(cpu)).toMatchObject({ kind: 'missed', value: 2 });
    expect(judge({ ...cpu, values: { baseline: 1.6, sqlite: 1.6 } })).toMatchObject({ kind: 'met', value: 1 });
  });

  test('on a value is held against the value', () => {
    expect(judge({ ...cpu, budget: { limit: 2, of: 'value', unit: 'ms' } })).toMatchObject({ kind: 'met', value: 1.6 });
  });

  test('without a measurement is neither met nor missed', () => {
    expect(judge({ ...cpu, values: { baseline: 0.8 } })).toEqual({ kind: 'unmeasured' });
    expect(judge({ ...cpu, values: { baseline: 0.8, sqlite: Number.NaN } })).toEqual({ kind: 'unmeasured' });
  });
});

test('the table shows values, ratio, budget and by how much it was missed', () => {
  const row = formatTable([cpu]).split('\n').at(-1) ?? '';
  expect(row.trim().split(/\s{2,}/)).toEqual([
    'CPU per answer',
    'ms',
    '0.80',
    '1.60',
    '2.00',
    '2.00×',
    '≤ 1.5 × proxy',
    'missed: 1.33 × the budget',
  ]);
});
