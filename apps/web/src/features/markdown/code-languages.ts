/** Grammars that are there to be loaded; each with the names models give it and the ending of its files. */
const languages = {
  bash: { label: 'Bash', extension: 'sh', aliases: ['sh', 'shell', 'zsh', 'console', 'shellscript'] },
  bsl: { label: '1C', extension: 'bsl', aliases: ['1c', '1s'] },
  c: { label: 'C', extension: 'c', aliases: ['h'] },
  cpp: { label: 'C++', extension: 'cpp', aliases: ['c++', 'cc', 'hpp'] },
  csharp: { label: 'C#', extension: 'cs', aliases: ['c#', 'cs'] },
  css: { label: 'CSS', extension: 'css', aliases: ['scss'] },
  diff: { label: 'Diff', extension: 'diff', aliases: ['patch'] },
  docker: { label: 'Dockerfile', extension: 'dockerfile', aliases: ['dockerfile'] },
  go: { label: 'Go', extension: 'go', aliases: ['golang'] },
  html: { label: 'HTML', extension: 'html', aliases: ['xml', 'svg', 'vue'] },
  java: { label: 'Java', extension: 'java', aliases: [] },
  javascript: { label: 'JavaScript', extension: 'js', aliases: ['js', 'mjs', 'cjs', 'node'] },
  json: { label: 'JSON', extension: 'json', aliases: ['jsonc', 'json5'] },
  kotlin: { label: 'Kotlin', extension: 'kt', aliases: ['kt'] },
  php: { label: 'PHP', extension: 'php', aliases: [] },
  python: { label: 'Python', extension: 'py', aliases: ['py', 'python3'] },
  rust: { label: 'Rust', extension: 'rs', aliases: ['rs'] },
  sql: { label: 'SQL', extension: 'sql', aliases: ['postgresql', 'postgres', 'sqlite', 'mysql', 'plsql'] },
  tsx: { label: 'TSX', extension: 'tsx', aliases: ['jsx'] },
  typescript: { label: 'TypeScript', extension: 'ts', aliases: ['ts', 'mts'] },
  yaml: { label: 'YAML', extension: 'yaml', aliases: ['yml'] },
} as const;

export type LanguageId = keyof typeof languages;

export interface CodeLanguage {
  readonly id?: LanguageId | undefined;
  readonly label: string;
  readonly extension: string;
}

const byName = new Map<string, CodeLanguage>();
for (const id of Object.keys(languages)) {
  if (!isLanguage(id)) continue;
  const { label, extension, aliases } = languages[id];
  for (const name of [id, ...aliases]) byName.set(name, { id, label, extension });
}

function isLanguage(name: string): name is LanguageId {
  return Object.hasOwn(languages, name);
}

/** What stands after the fence: a known name, or another one that is only shown. */
export function findLanguage(info: string): CodeLanguage {
  const name = /^[^\s{:,]*/.exec(info)?.[0] ?? '';
  return byName.get(name.toLowerCase()) ?? { label: name.slice(0, 40), extension: 'txt' };
}
