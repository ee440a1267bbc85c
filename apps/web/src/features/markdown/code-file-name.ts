import type { CodeLanguage } from './code-languages.ts';

const comment = /^\s*(?:\/\/|#|--|;|%|\/\*|<!--)\s*(?:file(?:name)?:\s*)?([\w./-]*[\w-]+\.\w{1,10})\s*(?:\*\/|-->)?\s*$/i;

/** The name that code gives itself in a comment on its first line, else one after its language. */
export function codeFileName(code: string, { id, extension }: CodeLanguage): string {
  const [firstLine = ''] = code.split('\n', 1);
  const path = comment.exec(firstLine)?.[1];
  if (path !== undefined) return path.slice(path.lastIndexOf('/') + 1);
  return id === 'docker' ? 'Dockerfile' : `code.${extension}`;
}
