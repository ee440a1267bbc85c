import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { ListedModel } from './list-models.ts';
import { optionId } from './model-option.tsx';
import { findByLetters, type TypedLetters, typeLetter } from './type-ahead.ts';

const pageStep = 8;

interface ActiveOptionDeps {
  readonly items: readonly ListedModel[];
  /** Where the list begins while nothing was moved. */
  readonly start: ListedModel | undefined;
  readonly onTake: (item: ListedModel) => void;
}

/** The focus stays in the field or on the list; the keys move through the options. */
export function useActiveOption({ items, start, onTake }: ActiveOptionDeps) {
  const [activeKey, setActiveKey] = useState<string>();
  const letters = useRef<TypedLetters>(undefined);
  const active = items.find(({ key }) => key === activeKey) ?? start;
  const startKey = start?.key;

  // Where the pointer goes, the list stays; to where it begins, it goes at once.
  useEffect(() => {
    if (startKey !== undefined) document.getElementById(optionId(startKey))?.scrollIntoView({ block: 'center' });
  }, [startKey]);
  const moveTo = (item: ListedModel | undefined) => {
    if (!item) return;
    setActiveKey(item.key);
    document.getElementById(optionId(item.key))?.scrollIntoView({ block: 'nearest' });
  };
  const move = (steps: number) => {
    const index = active ? items.indexOf(active) : -1;
    const isPage = Math.abs(steps) > 1;
    const next = isPage ? Math.min(items.length - 1, Math.max(0, index + steps)) : (index + steps + items.length) % items.length;
    moveTo(items[next]);
  };
  const take = () => {
    if (active) onTake(active);
  };
  /** Whether the list knows what to do with the letter. */
  const type = ({ key, timeStamp }: KeyboardEvent) => {
    letters.current = typeLetter(letters.current, key, timeStamp);
    const names = items.map(({ model }) => model.name);
    const found = findByLetters(names, active ? items.indexOf(active) : -1, letters.current);
    moveTo(found === undefined ? undefined : items[found]);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const act = actOf(event.key) ?? (event.target instanceof HTMLInputElement ? undefined : listActOf(event));
    if (!act) return;
    event.preventDefault();
    act();
  };
  const actOf = (key: string): (() => void) | undefined => {
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: pageStep, PageUp: -pageStep }[key];
    if (steps !== undefined) return () => move(steps);
    return key === 'Enter' ? take : undefined;
  };
  /** In a field these keys are for the text. */
  const listActOf = (event: KeyboardEvent): (() => void) | undefined => {
    if (event.key === ' ') return take;
    if (event.key === 'Home') return () => moveTo(items[0]);
    if (event.key === 'End') return () => moveTo(items.at(-1));
    return event.key.length === 1 ? () => type(event) : undefined;
  };
  return { active, setActiveKey, onKeyDown };
}
