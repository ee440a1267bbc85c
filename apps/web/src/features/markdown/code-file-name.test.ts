import { expect, test } from 'vitest';
import { codeFileName } from './code-file-name.ts';
import { findLanguage } from './code-languages.ts';

test.each([
  ['python', '# src/tools/coin.py\nx = 1', 'coin.py'],
  ['ts', '// app.config.ts\nexport {}', 'app.config.ts'],
  ['css', '/* theme.css */\na{}', 'theme.css'],
  ['html', '<!-- index.html -->', 'index.html'],
  ['sql', '-- file: schema.sql', 'schema.sql'],
  ['bash', '#!/bin/sh', 'code.sh'],
  ['python', '# см. файл coin.py ниже', 'code.py'],
  ['python', '# ../../.bashrc', 'code.py'],
  ['python', '', 'code.py'],
  ['dockerfile', 'FROM node', 'Dockerfile'],
  ['brainfuck', '+.', 'code.txt'],
])('%s that begins with %j is saved as %s', (info, code, name) => {
  expect(codeFileName(code, findLanguage(info))).toBe(name);
});
