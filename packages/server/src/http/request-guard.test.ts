import { describe, expect, test } from 'vitest';
import { createRequestGuard, type GuardedRequest } from './request-guard.ts';

const guard = createRequestGuard({ host: '127.0.0.1', publicUrl: 'https://chat.example.com' });
const request = (changes: Partial<GuardedRequest>): GuardedRequest => ({
  method: 'GET',
  host: 'localhost:3000',
  origin: undefined,
  site: undefined,
  ...changes,
});

describe('host', () => {
  test.each(['localhost', 'LOCALHOST:3000', '127.0.0.1:3000', '127.8.8.8', '[::1]:3000', 'chat.example.com'])('%s is ours', (host) => {
    expect(() => guard(request({ host }))).not.toThrow();
  });

  test.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'evil.example:3000',
    'chat.example.com.evil',
    '192.168.1.5:3000',
  ])('%s is not', (host) => {
    expect(() => guard(request({ host }))).toThrow(expect.objectContaining({ code: 'forbidden' }));
  });

  test.each(['', undefined])('%j is none', (host) => {
    expect(() => guard(request({ host }))).toThrow(expect.objectContaining({ code: 'invalid_request' }));
  });
});

describe('origin of a write', () => {
  test.each<Partial<GuardedRequest>>([
    {},
    { origin: 'http://localhost:3000' },
    { origin: 'https://chat.example.com', host: 'localhost:3000' },
    { site: 'same-origin' },
    { site: 'none' },
  ])('%j may', (changes) => {
    expect(() => guard(request({ method: 'POST', ...changes }))).not.toThrow();
  });

  test.each<Partial<GuardedRequest>>([
    { origin: 'http://evil.example' },
    { origin: 'http://localhost:3001' },
    { origin: 'null' },
    { origin: '' },
    { origin: 'file://' },
    { site: 'cross-site' },
    { site: 'same-site' },
  ])('%j may not', (changes) => {
    for (const method of ['POST', 'PATCH', 'PUT', 'DELETE']) {
      expect(() => guard(request({ method, ...changes }))).toThrow(expect.objectContaining({ code: 'forbidden' }));
    }
  });

  test('reading from elsewhere is left to the browser, which shows it nothing', () => {
    expect(() => guard(request({ origin: 'http://evil.example', site: 'cross-site' }))).not.toThrow();
  });
});
