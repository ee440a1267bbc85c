import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../testing/test-application.ts';

let folder: string;
let server: TestApplication;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mmc-web-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>App</title>');
  await writeFile(join(folder, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await writeFile(join(folder, 'assets', 'app-abc123.js'), 'export {}');
  await writeFile(join(folder, 'assets', 'app-abc123.js.gz'), gzipSync('export {}'));
  await mkdir(join(folder, 'diagram', 'assets'), { recursive: true });
  await writeFile(join(folder, 'diagram', 'frame.html'), '<!doctype html><title>Frame</title>');
  await writeFile(join(folder, 'diagram', 'assets', 'frame-abc123.js'), 'export {}');
  await writeFile(join(folder, '.env'), 'SECRET=1');
  server = await openTestApplication({ env: { MMC_PUBLIC_DIR: folder } });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const get = (url: string, headers: Record<string, string> = {}) => server.call('GET', url, undefined, headers);
const html = { accept: 'text/html,*/*' };

describe('the built page', () => {
  test.each(['/', '/chats/01a', '/settings?tab=1'])('%s is the app, and asked for anew each time', async (url) => {
    const { statusCode, body, headers } = await get(url, html);
    expect([statusCode, body, headers['cache-control']]).toEqual([200, '<!doctype html><title>App</title>', 'no-cache']);
    expect(headers['content-type']).toMatch(/^text\/html/);
  });

  test('assets with a hash in their name are kept for ever, and sent compressed', async () => {
    const plain = await get('/assets/app-abc123.js');
    expect(plain.headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': expect.stringMatching(/javascript/),
    });
    const packed = await get('/assets/app-abc123.js', { 'accept-encoding': 'gzip, br' });
    expect(packed.headers).toMatchObject({
      'content-encoding': 'gzip',
      'cache-control': 'public, max-age=31536000, immutable',
      vary: expect.stringMatching(/accept-encoding/i),
    });
    expect((await get('/favicon.svg')).headers['cache-control']).toBe('no-cache');
  });

  test('the frame for diagrams has no origin and no network, and may stand in our page only', async () => {
    const { statusCode, headers } = await get('/diagram/frame.html', html);
    expect([statusCode, headers['cache-control'], headers['x-frame-options']]).toEqual([200, 'no-cache', 'SAMEORIGIN']);
    const policy = String(headers['content-security-policy']).split('; ');
    expect(policy).toEqual(
      expect.arrayContaining(["default-src 'none'", "script-src 'self'", 'sandbox allow-scripts', "frame-ancestors 'self'"]),
    );
    expect(policy.filter((rule) => /connect|img|font|unsafe-eval|allow-same-origin/.test(rule))).toEqual([]);
  });

  test('its scripts may be read without an origin, those of the page may not', async () => {
    const own = await get('/diagram/assets/frame-abc123.js', { origin: 'null', 'sec-fetch-site': 'cross-site' });
    expect(own.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'public, max-age=31536000, immutable',
    });
    const page = await get('/assets/app-abc123.js');
    expect(page.headers['cross-origin-resource-policy']).toBe('same-origin');
    expect(page.headers['access-control-allow-origin']).toBeUndefined();
    expect(page.headers['content-security-policy']).toContain("style-src 'self'");
  });

  test.each(['/api/v1/nope', '/api/nope', '/v1/models', '/assets/gone.js', '/robots.txt', '/.env'])('%s is not the app', async (url) => {
    const answer = await get(url, html);
    expect([answer.statusCode, answer.json().code]).toEqual([404, 'not_found']);
  });

  test.each(['/..%2f..%2f..%2f..%2fetc%2fpasswd', '/assets/..%2f.env', '/%2e%2e/%2e%2e/%2e%2e/etc/passwd', '/assets/%2e%2e%5c.env'])(
    '%s leads nowhere outside',
    async (url) => {
      const { body } = await get(url, html);
      expect(body).not.toMatch(/root:|SECRET/);
    },
  );

  test('a program that wants JSON is told that there is nothing', async () => {
    expect((await get('/chats/01a', { accept: 'application/json' })).statusCode).toBe(404);
  });
});

test('a server without the page says how to build it', async () => {
  await using bare = await openTestApplication();
  for (const url of ['/', '/chats/1']) {
    const { statusCode, body } = await bare.call('GET', url, undefined, html);
    expect(statusCode).toBe(200);
    expect(body).toContain('npm start');
  }
});
