import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { SecretBox } from './secret-box.ts';

const box = new SecretBox({ bytes: new Uint8Array(32).fill(7), origin: '/data/secret.key' });

describe('SecretBox', () => {
  test('opens what it sealed, and never seals the same way twice', () => {
    const sealed = box.seal('ключ 🔑', 'work');
    expect(sealed).toMatch(/^v1\.[0-9a-f]{8}\.[\w-]{16}\.[\w-]+\.[\w-]{22}$/);
    expect(box.open(sealed, 'work')).toBe('ключ 🔑');
    expect(box.seal('ключ 🔑', 'work')).not.toBe(sealed);
    expect(sealed).not.toContain('ключ');
  });

  test('a sealed text of one provider does not open as another', () => {
    expect(() => box.open(box.seal('x', 'work'), 'home')).toThrow(/"home".*damaged or belong to another/);
  });

  test('another key is named with where it came from', () => {
    const other = new SecretBox({ bytes: randomBytes(32), origin: 'the variable MMC_SECRET_KEY' });
    expect(() => other.open(box.seal('x', 'work'), 'work')).toThrow(/another key \(id .{8}\).*MMC_SECRET_KEY/);
  });

  test.each([
    ['a cut text', (sealed: string) => sealed.slice(0, -30)],
    [
      'a changed byte',
      (sealed: string) =>
        sealed.replace(/\.([\w-])([\w-]*)$/, (_all, first: string, rest: string) => `.${first === 'A' ? 'B' : 'A'}${rest}`),
    ],
    ['another format', (sealed: string) => sealed.replace('v1', 'v2')],
    ['nothing', () => ''],
  ])('%s is refused', (_name, damage) => {
    expect(() => box.open(damage(box.seal('secret', 'work')), 'work')).toThrow(/work/);
  });
});
