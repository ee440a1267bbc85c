import { expect, test } from 'vitest';
import { isPrivateUrl } from './private-url.ts';

test.each([
  'http://localhost:11434',
  'http://api.localhost',
  'http://LOCALHOST./v1',
  'https://127.0.0.1',
  'http://127.1',
  'http://2130706433',
  'http://0x7f.1',
  'http://0.0.0.0:80',
  'http://10.1.2.3',
  'http://172.31.0.1',
  'http://192.168.1.1',
  'http://169.254.169.254/latest',
  'http://100.64.0.1',
  'http://[::1]:8080',
  'http://[::ffff:127.0.0.1]',
  'http://[fd00::1]',
  'http://[fe80::1]',
  'http://[fec0::1]',
  'http://[::7f00:1]:8080',
  'http://[64:ff9b::169.254.169.254]',
  'http://[64:ff9b:1::7f00:1]',
])('%s is private', (url) => {
  expect(isPrivateUrl(url)).toBe(true);
});

test.each([
  'https://api.example.com',
  'http://8.8.8.8',
  'http://172.32.0.1',
  'https://[2a02:6b8::1]',
  'not a url',
  'b1g-folder',
  'file:///etc/passwd',
])('%s is not', (url) => {
  expect(isPrivateUrl(url)).toBe(false);
});
