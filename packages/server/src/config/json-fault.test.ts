import { expect, test } from 'vitest';
import { findJsonFault } from './json-fault.ts';

test.each<[string, number, number, string]>([
  ['{\n  "port": 1,\n}', 3, 1, 'a name in double quotes is missing here, or the comma before it is one too many'],
  ['{"port": 1', 1, 11, 'the file ends too early: a comma or "}" is missing here'],
  ['{"port": nope}', 1, 10, 'a value is missing here'],
  ['{"a": [1,\n 2 3]}', 2, 4, 'a comma or "]" is missing here'],
  ['{"a" 1}', 1, 6, 'a colon is missing here'],
  ['{a: 1}', 1, 2, 'a name in double quotes or "}" is missing here'],
  ["{'a': 1}", 1, 2, 'texts stand in double quotes'],
  ['{ // why\n}', 1, 3, 'JSON has no comments'],
  ['{"a": "x\ny"}', 1, 7, 'this text has no end, or holds a backslash or a line break that JSON does not allow'],
  ['{"a": "C:\\data"}', 1, 7, 'this text has no end, or holds a backslash or a line break that JSON does not allow'],
  ['{} {}', 1, 4, 'nothing may follow the closing bracket'],
  ['{"a": 01}', 1, 7, 'a value is missing here'],
  ['[1,]', 1, 4, 'a value is missing here'],
  ['[', 1, 2, 'the file ends too early: a value or "]" is missing here'],
  ['port = 3000', 1, 1, 'a value is missing here'],
])('%j', (text, line, column, reason) => {
  expect(() => JSON.parse(text)).toThrow();
  expect(findJsonFault(text)).toEqual({ line, column, reason });
});
