import { createCssVariablesTheme, createHighlighterCore, type HighlighterCore, type LanguageInput } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import type { LanguageId } from './code-languages.ts';

const grammars: Readonly<Record<LanguageId, LanguageInput>> = {
  bash: () => import('shiki/langs/bash.mjs'),
  bsl: () => import('shiki/langs/bsl.mjs'),
  c: () => import('shiki/langs/c.mjs'),
  cpp: () => import('shiki/langs/cpp.mjs'),
  csharp: () => import('shiki/langs/csharp.mjs'),
  css: () => import('shiki/langs/css.mjs'),
  diff: () => import('shiki/langs/diff.mjs'),
  docker: () => import('shiki/langs/docker.mjs'),
  go: () => import('shiki/langs/go.mjs'),
  html: () => import('shiki/langs/html.mjs'),
  java: () => import('shiki/langs/java.mjs'),
  javascript: () => import('shiki/langs/javascript.mjs'),
  json: () => import('shiki/langs/json.mjs'),
  kotlin: () => import('shiki/langs/kotlin.mjs'),
  php: () => import('shiki/langs/php.mjs'),
  python: () => import('shiki/langs/python.mjs'),
  rust: () => import('shiki/langs/rust.mjs'),
  sql: () => import('shiki/langs/sql.mjs'),
  tsx: () => import('shiki/langs/tsx.mjs'),
  typescript: () => import('shiki/langs/typescript.mjs'),
  yaml: () => import('shiki/langs/yaml.mjs'),
};

/** The colours are variables of the page: one pass serves the light and the dark theme. */
const theme = createCssVariablesTheme({ name: 'css-variables', variablePrefix: '--code-', fontStyle: false });

let core: Promise<HighlighterCore> | undefined;

/** Without WebAssembly, which the page's policy forbids. */
export async function loadShiki(language: LanguageId): Promise<HighlighterCore> {
  core ??= createHighlighterCore({ themes: [theme], engine: createJavaScriptRegexEngine({ forgiving: true }) });
  const shiki = await core;
  await shiki.loadLanguage(grammars[language]);
  return shiki;
}
