#!/usr/bin/env node
// Plain JavaScript for any Node from 18 on: it says what to do when the Node at hand cannot run the rest.
import process from 'node:process';

const minimum = { major: 24, minor: 11 };
const badConfiguration = 78;
const isRussian = /^ru/i.test(process.env['MMC_LANG'] || process.env['LC_ALL'] || process.env['LC_MESSAGES'] || process.env['LANG'] || '');

/** @param {{ ru: string, en: string }} text */
function refuse(text) {
  process.stderr.write(`${isRussian ? text.ru : text.en}\n`);
  process.exitCode = badConfiguration;
}

const [major = 0, minor = 0] = (process.env['MMC_TEST_NODE_VERSION'] || process.versions.node).split('.').map(Number);
if (major < minimum.major || (major === minimum.major && minor < minimum.minor)) {
  refuse({
    en: `mmc needs Node ${minimum.major}.${minimum.minor} or newer, and this is Node ${major}.${minor}.\nIn the folder of Multimodel Chat, \`npm run mmc -- …\` brings the right one by itself; or install it: https://nodejs.org`,
    ru: `Для mmc нужен Node ${minimum.major}.${minimum.minor} или новее, а это Node ${major}.${minor}.\nВ папке Multimodel Chat команда \`npm run mmc -- …\` сама принесёт нужный; или установите его: https://nodejs.org`,
  });
} else {
  await start();
}

async function start() {
  const { enableCompileCache } = await import('node:module');
  enableCompileCache();
  try {
    const { main } = await import('../src/main.ts');
    process.exitCode = await main(process.argv.slice(2), process.env);
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
    if (!isMissing) throw error;
    refuse({
      en: 'The packages of Multimodel Chat are not installed. In its folder, run `npm ci`, or use `npm run mmc -- …`, which does it by itself.',
      ru: 'Пакеты Multimodel Chat не установлены. В его папке выполните `npm ci` или пользуйтесь `npm run mmc -- …`: эта команда поставит их сама.',
    });
  }
}
