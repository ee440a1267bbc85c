/** What a person reads in the terminal. */
export interface TerminalTexts {
  ready(url: string): string;
  portTaken(wanted: number, used: number): string;
  noFreePort(from: number, to: number): string;
  recovered(count: number): string;
  stopping: string;
  failed: string;
}

const english: TerminalTexts = {
  ready: (url) => `Multimodel Chat is ready: ${url}`,
  portTaken: (wanted, used) => `Port ${wanted} is taken; using ${used} instead.`,
  noFreePort: (from, to) => `All ports from ${from} to ${to} are taken. Choose another: --port 4000`,
  recovered: (count) => `Answers that the last stop had cut off: ${count}. Their text is kept and marked as interrupted.`,
  stopping: 'Stopping: running answers may finish. Press Ctrl+C again to stop at once.',
  failed: 'Multimodel Chat could not start.',
};

const russian: TerminalTexts = {
  ready: (url) => `Multimodel Chat готов: ${url}`,
  portTaken: (wanted, used) => `Порт ${wanted} занят, поэтому взят ${used}.`,
  noFreePort: (from, to) => `Все порты с ${from} по ${to} заняты. Выберите другой: --port 4000`,
  recovered: (count) => `Ответы, прерванные прошлой остановкой: ${count}. Их текст сохранён и помечен как прерванный.`,
  stopping: 'Останавливаюсь: начатые ответы могут закончиться. Ещё раз Ctrl+C — остановить сразу.',
  failed: 'Multimodel Chat не смог запуститься.',
};

export function terminalTexts(env: NodeJS.ProcessEnv): TerminalTexts {
  const language = env['MMC_LANG'] || env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return language.toLowerCase().startsWith('ru') ? russian : english;
}
