import { nearestSpelling } from '@multimodel/provider-sdk';

const most = 3;

/** Names that were probably meant: with another tag or folder, then misspelt. */
export function nearModels(model: string, known: Iterable<string>): readonly string[] {
  const names = [...known].filter((name) => name !== model);
  const stem = stemOf(model);
  const near = stem === '' ? [] : names.filter((name) => name.toLowerCase().includes(stem)).slice(0, most);
  while (near.length < most) {
    const next = nearestSpelling(
      model,
      names.filter((name) => !near.includes(name)),
    );
    if (next === undefined) break;
    near.push(next);
  }
  return near;
}

/** `library/llama3:8b` → `llama3`. */
const stemOf = (name: string): string => name.toLowerCase().replace(/^.*\//u, '').replace(/:.*$/u, '').trim();
