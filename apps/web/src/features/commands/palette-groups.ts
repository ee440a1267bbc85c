import type { LucideIcon } from 'lucide-react';
import { createMatcher } from './match-text.ts';
import type { Shortcut } from './shortcut.ts';

export interface PaletteItem {
  readonly id: string;
  readonly title: string;
  /** Found by these too. */
  readonly words?: string | undefined;
  readonly detail?: string | undefined;
  readonly icon?: LucideIcon | undefined;
  readonly shortcut?: Shortcut | undefined;
  readonly isCurrent?: boolean | undefined;
  /** Stands at the end of its group whatever was typed. */
  readonly isAlways?: boolean | undefined;
  /** Goes on in the palette. */
  readonly staysOpen?: boolean | undefined;
  readonly run: () => void;
}

export interface PaletteGroup {
  readonly id: string;
  readonly title: string;
  readonly items: readonly PaletteItem[];
  /** How many are shown before something is typed; absent: all. */
  readonly mostAtRest?: number | undefined;
}

const mostFound = 50;

/** What answers to the query, the best group first; nothing typed: as it comes. */
export function rankGroups(groups: readonly PaletteGroup[], query: string): readonly PaletteGroup[] {
  if (query.trim() === '') return groups.map(atRest).filter(({ items }) => items.length > 0);
  const match = createMatcher(query);
  const scoreOf = ({ title, words }: PaletteItem) => Math.max(match(title), words === undefined ? 0 : match(words) / 2);
  return groups
    .map((group) => {
      const found = group.items
        .filter(({ isAlways }) => !isAlways)
        .map((item) => ({ item, score: scoreOf(item) }))
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score)
        .slice(0, mostFound);
      const items = [...found.map(({ item }) => item), ...group.items.filter(({ isAlways }) => isAlways)];
      return { best: found[0]?.score ?? 0, group: { ...group, items } };
    })
    .filter(({ group }) => group.items.length > 0)
    .sort((a, b) => b.best - a.best)
    .map(({ group }) => group);
}

function atRest(group: PaletteGroup): PaletteGroup {
  const { mostAtRest, items } = group;
  return mostAtRest === undefined ? group : { ...group, items: items.filter(({ isAlways }) => !isAlways).slice(0, mostAtRest) };
}
