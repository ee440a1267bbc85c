import { expect, test } from 'vitest';
import { portIn } from './dev.mjs';

test.each([
  [['--port', '4000'], '4000'],
  [['--host', '::1', '--port=4001'], '4001'],
  [['--data-dir', '/tmp'], undefined],
  [[], undefined],
])('the page finds the server where the command line puts it: %j', (args, port) => {
  expect(portIn(args)).toBe(port);
});
