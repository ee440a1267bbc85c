import { Check, Search } from 'lucide-react';
import { type KeyboardEvent, useDeferredValue, useEffect, useRef, useState } from 'react';
import { useServices } from '../../app/services-context.ts';
import { useTexts } from '../preferences/use-texts.ts';
import { KeyCaps } from './key-caps.tsx';
import { type PaletteGroup, type PaletteItem, rankGroups } from './palette-groups.ts';
import { type PaletteSource, useModelGroups, usePaletteGroups } from './use-palette-groups.ts';

interface PaletteProps {
  readonly view: 'palette' | 'models';
  /** Closes the palette and then runs. */
  readonly choose: (run: () => void) => void;
}

export function CommandPalette({ view, choose }: PaletteProps) {
  return view === 'models' ? <ModelsView choose={choose} /> : <AllView choose={choose} />;
}

type ViewProps = Pick<PaletteProps, 'choose'>;

function AllView({ choose }: ViewProps) {
  const t = useTexts();
  return <Finder key="all" source={usePaletteGroups()} label={t.palette_label()} choose={choose} />;
}

function ModelsView({ choose }: ViewProps) {
  const t = useTexts();
  const { commands } = useServices();
  return (
    <Finder
      key="models"
      source={useModelGroups()}
      label={t.palette_models_label()}
      choose={choose}
      onBack={() => commands.show('palette')}
    />
  );
}

interface FinderProps extends ViewProps {
  readonly source: PaletteSource;
  readonly label: string;
  /** Backspace with nothing left to delete. */
  readonly onBack?: (() => void) | undefined;
}

const pageStep = 8;

/** A field and a list that answers to it: the focus stays in the field, the keys move through the list. */
function Finder({ source, label, choose, onBack }: FinderProps) {
  const field = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState('');
  const [activeId, setActiveId] = useState<string>();
  const typed = useDeferredValue(query);
  const groups = rankGroups(source.groups, typed);
  const items = groups.flatMap((group) => group.items);
  const active = items.find(({ id }) => id === activeId) ?? items[0];

  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    if (active) document.getElementById(optionId(active))?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  const type = (next: string) => {
    setQuery(next);
    setActiveId(undefined);
  };
  const take = (item: PaletteItem) => {
    if (!item.staysOpen) return choose(item.run);
    setActiveId(item.id);
    item.run();
  };
  /** What is on the screen may be some letters behind: Enter goes by all that was typed. */
  const takeFirst = () => {
    const found = typed === query ? items : rankGroups(source.groups, query).flatMap((group) => group.items);
    const item = found.find(({ id }) => id === activeId) ?? found[0];
    if (item) take(item);
  };
  const move = (steps: number) => {
    const index = active ? items.indexOf(active) : -1;
    const isPage = Math.abs(steps) > 1;
    const next = isPage ? Math.min(items.length - 1, Math.max(0, index + steps)) : (index + steps + items.length) % items.length;
    setActiveId(items[next]?.id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: pageStep, PageUp: -pageStep }[event.key];
    if (steps !== undefined) move(steps);
    else if (event.key === 'Enter') takeFirst();
    else if (event.key === 'Backspace' && query === '' && onBack) onBack();
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div className="palette-head">
        <Search size={18} aria-hidden className="shrink-0 text-muted" />
        <input
          ref={field}
          className="palette-field"
          role="combobox"
          aria-label={label}
          aria-expanded={items.length > 0}
          aria-controls="palette-list"
          aria-activedescendant={active && optionId(active)}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          placeholder={label}
          value={query}
          onChange={(event) => type(event.target.value)}
          onKeyDown={onKeyDown}
        />
      </div>
      <div className="palette-body">
        {items.length > 0 && (
          <div id="palette-list" className="palette-list" role="listbox" aria-label={label}>
            {groups.map((group) => (
              <Group key={group.id} group={group} active={active} onActive={setActiveId} onTake={take} />
            ))}
          </div>
        )}
        <PaletteNotes source={source} isEmpty={items.length === 0} />
      </div>
      <FoundCount count={items.filter(({ isAlways }) => !isAlways).length} isAsked={typed.trim() !== ''} />
    </>
  );
}

interface GroupProps {
  readonly group: PaletteGroup;
  readonly active: PaletteItem | undefined;
  readonly onActive: (id: string) => void;
  readonly onTake: (item: PaletteItem) => void;
}

function Group({ group, active, onActive, onTake }: GroupProps) {
  const headingId = `palette-group-${group.id}`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a part of a list, not of a form
    <div role="group" aria-labelledby={headingId}>
      <div id={headingId} className="menu-label" role="presentation">
        {group.title}
      </div>
      {group.items.map((item) => (
        <Option key={item.id} item={item} isActive={item === active} onActive={onActive} onTake={onTake} />
      ))}
    </div>
  );
}

interface OptionProps extends Pick<GroupProps, 'onActive' | 'onTake'> {
  readonly item: PaletteItem;
  readonly isActive: boolean;
}

function Option({ item, isActive, onActive, onTake }: OptionProps) {
  const { icon: Icon, shortcut } = item;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are in the field
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field
    <div
      id={optionId(item)}
      role="option"
      aria-selected={isActive}
      aria-current={item.isCurrent || undefined}
      className="menu-item palette-option"
      data-highlighted={isActive || undefined}
      onPointerMove={() => isActive || onActive(item.id)}
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => onTake(item)}
    >
      {Icon && <Icon size={16} aria-hidden className="shrink-0 text-muted" />}
      <span className="min-w-0 truncate">{item.title}</span>
      {item.detail && <span className="palette-detail">{item.detail}</span>}
      {item.isCurrent && <Check size={16} aria-hidden className="ms-auto shrink-0" />}
      {shortcut && <KeyCaps shortcut={shortcut} className="ms-auto" />}
    </div>
  );
}

function PaletteNotes({ source, isEmpty }: { readonly source: PaletteSource; readonly isEmpty: boolean }) {
  const t = useTexts();
  if (source.isLoading) return <p className="palette-note">{t.loading()}</p>;
  if (source.isFailed) {
    return (
      <p className="palette-note" role="alert">
        {t.palette_failed()}
        <button type="button" className="button button-quiet" onClick={source.retry}>
          {t.retry()}
        </button>
      </p>
    );
  }
  return isEmpty ? <p className="palette-note">{t.palette_empty()}</p> : null;
}

function FoundCount({ count, isAsked }: { readonly count: number; readonly isAsked: boolean }) {
  const t = useTexts();
  return (
    <p role="status" className="sr-only">
      {isAsked ? t.palette_found({ count }) : ''}
    </p>
  );
}

function optionId({ id }: PaletteItem): string {
  return `palette-${id}`;
}
