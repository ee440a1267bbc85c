import { Check } from 'lucide-react';
import { type KeyboardEvent, useEffect, useLayoutEffect, useState } from 'react';
import { useServices } from '../../app/services-context.ts';
import { useTexts } from '../preferences/use-texts.ts';
import type { SuggestionListProps } from './suggestion-list-props.ts';
import { type Suggestion, useSuggestionSource } from './suggestion-source.ts';

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** Over the field, while there is anything that answers to what was typed. */
export function SuggestionList({ trigger, conversation, keys, onActive, onTake, onClose }: SuggestionListProps) {
  const t = useTexts();
  const { notices } = useServices();
  const found = useSuggestionSource(trigger, conversation);
  const [chosenId, setChosenId] = useState<string>();
  const active = found.find(({ id }) => id === chosenId) ?? found[0];
  const activeOption = active && optionId(active);

  const take = (suggestion: Suggestion) =>
    onTake(() => {
      suggestion.run?.();
      if (suggestion.said !== undefined) notices.done(suggestion.said);
    }, suggestion.text);
  const move = (step: number) => {
    const index = active ? found.indexOf(active) : -1;
    setChosenId(found[(index + step + found.length) % found.length]?.id);
  };
  const onKey = (event: KeyboardEvent): boolean => {
    if (!active || event.nativeEvent.isComposing || isModified(event)) return false;
    const step = steps[event.key];
    if (step !== undefined) move(step);
    else if (event.key === 'Enter' || event.key === 'Tab') take(active);
    else if (event.key === 'Escape') onClose();
    else return false;
    event.preventDefault();
    return true;
  };
  useLayoutEffect(() => {
    keys.current = onKey;
    return () => {
      keys.current = () => false;
    };
  });
  useEffect(() => {
    onActive(activeOption);
    if (activeOption) document.getElementById(activeOption)?.scrollIntoView({ block: 'nearest' });
    return () => onActive(undefined);
  }, [activeOption, onActive]);

  const isModels = trigger.kind === 'models';
  const count = { count: found.length };
  return (
    <>
      <p role="status" className="sr-only">
        {found.length > 0 && (isModels ? t.suggest_models(count) : t.suggest_commands(count))}
      </p>
      {active && (
        <div
          id="suggestions"
          role="listbox"
          data-open=""
          className="suggestions"
          // What scrolls has to be reachable; a hand on its bar must not take the focus from the field.
          tabIndex={0}
          onMouseDown={(event) => event.preventDefault()}
          aria-label={isModels ? t.suggest_models_label() : t.suggest_commands_label()}
        >
          {found.map((suggestion) => (
            <Option
              key={suggestion.id}
              suggestion={suggestion}
              isActive={suggestion === active}
              onActive={setChosenId}
              onTake={() => take(suggestion)}
            />
          ))}
        </div>
      )}
    </>
  );
}

interface OptionProps {
  readonly suggestion: Suggestion;
  readonly isActive: boolean;
  readonly onActive: (id: string) => void;
  readonly onTake: () => void;
}

function Option({ suggestion, isActive, onActive, onTake }: OptionProps) {
  const { id, title, detail, icon: Icon, isCurrent } = suggestion;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are in the field
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field
    <div
      id={optionId(suggestion)}
      role="option"
      aria-selected={isActive}
      aria-current={isCurrent || undefined}
      className="menu-item palette-option"
      data-highlighted={isActive || undefined}
      onPointerMove={() => isActive || onActive(id)}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onTake}
    >
      {Icon && <Icon size={16} aria-hidden className="shrink-0 text-muted" />}
      <span className="min-w-0 truncate">{title}</span>
      {detail && <span className="palette-detail">{detail}</span>}
      {isCurrent && <Check size={16} aria-hidden className="ms-auto shrink-0" />}
    </div>
  );
}

function isModified({ shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return shiftKey || ctrlKey || metaKey || altKey;
}

function optionId({ id }: Suggestion): string {
  return `suggestion-${id}`;
}
