import type { ModelDto } from '@multimodel/contract';
import { Search } from 'lucide-react';
import { type RefObject, useCallback, useDeferredValue, useId, useMemo, useRef, useState } from 'react';
import { useServices } from '../../app/services-context.ts';
import { useTexts } from '../preferences/use-texts.ts';
import { useSettingsTexts } from '../settings-pages/use-settings-texts.ts';
import { type ListedGroup, type ListedModel, listModels, mostAtGlance } from './list-models.ts';
import { ModelOption, type ModelOptionProps, optionId } from './model-option.tsx';
import { RecentModels } from './recent-models.ts';
import { useActiveOption } from './use-active-option.ts';
import { useStateText } from './use-state-text.ts';

export interface ModelFinderProps {
  readonly models: readonly ModelDto[];
  /** The one that is chosen now; nothing where the list is of whom else to ask. */
  readonly chosenId: string | undefined;
  /** Why a provider does not answer, by its name. */
  readonly reasons: ReadonlyMap<string, string>;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly list: RefObject<HTMLDivElement | null>;
  readonly onChoose: (id: string) => void;
  readonly onOpenProviders: () => void;
}

/** Models to choose from: a short list by arrows and first letters, a long one by a search, too. */
export function ModelFinder({ models, chosenId, reasons, field, list, onChoose, onOpenProviders }: ModelFinderProps) {
  const t = useTexts();
  const s = useSettingsTexts();
  const listId = useId();
  const [query, setQuery] = useState('');
  const typed = useDeferredValue(query);
  const isLong = models.length > mostAtGlance;
  const groupsOf = useListing(models, isLong);
  const groups = useMemo(() => groupsOf(typed), [groupsOf, typed]);
  const items = useMemo(() => groups.flatMap((group) => group.items), [groups]);
  const start = (typed.trim() === '' && items.find(({ model }) => model.id === chosenId)) || items[0];
  const take = useLatest(({ model }: ListedModel) => onChoose(model.id));
  // What is on the screen may be some letters behind: Enter goes by all that was typed.
  const takeTyped = (item: ListedModel) => {
    const wanted = typed === query ? item : groupsOf(query)[0]?.items[0];
    if (wanted) take(wanted);
  };
  const { active, setActiveKey, onKeyDown } = useActiveOption({ items, start, onTake: takeTyped });
  const activeId = active && optionId(active.key);
  const type = (next: string) => {
    setQuery(next);
    setActiveKey(undefined);
  };
  return (
    <>
      {isLong && (
        <div className="palette-head model-search">
          <Search size={16} aria-hidden className="shrink-0 text-muted" />
          <input
            ref={field}
            type="text"
            inputMode="search"
            enterKeyHint="go"
            className="palette-field"
            role="combobox"
            aria-label={s.models_search()}
            aria-expanded={items.length > 0}
            aria-controls={listId}
            aria-activedescendant={activeId}
            aria-autocomplete="list"
            autoComplete="off"
            spellCheck={false}
            placeholder={s.models_search()}
            value={query}
            onChange={(event) => type(event.target.value)}
            onKeyDown={onKeyDown}
          />
        </div>
      )}
      {items.length > 0 && (
        <div
          ref={list}
          id={listId}
          className="model-list"
          role="listbox"
          aria-label={t.model_label()}
          tabIndex={isLong ? -1 : 0}
          aria-activedescendant={activeId}
          onKeyDown={onKeyDown}
        >
          {groups.map((group) => (
            <Group
              key={group.id}
              group={group}
              chosenId={chosenId}
              active={active}
              reasons={reasons}
              onActive={setActiveKey}
              onTake={take}
            />
          ))}
        </div>
      )}
      {items.length === 0 && models.length > 0 && <NothingFound onOpenProviders={onOpenProviders} />}
      <p role="status" className="sr-only">
        {typed.trim() === '' ? '' : t.palette_found({ count: items.length })}
      </p>
    </>
  );
}

/** The list for what was typed; the recent ones stand still while it is open. */
function useListing(models: readonly ModelDto[], isLong: boolean): (query: string) => readonly ListedGroup[] {
  const s = useSettingsTexts();
  const { area } = useServices();
  const [recentIds] = useState(() => new RecentModels(area).ids());
  const title = s.models_recent();
  return useCallback(
    (query) => listModels(models, { query, recent: isLong ? { title, ids: recentIds } : undefined }),
    [models, isLong, title, recentIds],
  );
}

interface GroupProps extends Pick<ModelOptionProps, 'onActive' | 'onTake'> {
  readonly group: ListedGroup;
  readonly chosenId: string | undefined;
  readonly active: ListedModel | undefined;
  readonly reasons: ReadonlyMap<string, string>;
}

function Group({ group, chosenId, active, reasons, onActive, onTake }: GroupProps) {
  const headingId = useId();
  const stateText = useStateText();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a part of a list, not of a form
    <div role="group" aria-labelledby={headingId}>
      <div id={headingId} className="menu-label" role="presentation">
        {group.title}
      </div>
      {group.items.map((item) => (
        <ModelOption
          key={item.key}
          item={item}
          isChosen={item.model.id === chosenId}
          isActive={item.key === active?.key}
          trouble={item.model.state === 'ready' ? undefined : (reasons.get(item.model.provider) ?? stateText(item.model.state))}
          onActive={onActive}
          onTake={onTake}
        />
      ))}
    </div>
  );
}

function NothingFound({ onOpenProviders }: Pick<ModelFinderProps, 'onOpenProviders'>) {
  const s = useSettingsTexts();
  return (
    <div className="model-nothing">
      <p>{s.models_not_found()}</p>
      <button type="button" className="button button-quiet" onClick={onOpenProviders}>
        {s.models_open_providers()}
      </button>
    </div>
  );
}

/** One function for the options, which are drawn again only when their own looks change. */
function useLatest<Argument>(act: (argument: Argument) => void): (argument: Argument) => void {
  const latest = useRef(act);
  latest.current = act;
  return useCallback((argument: Argument) => latest.current(argument), []);
}
