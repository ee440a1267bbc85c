import type { ModelDto } from '@multimodel/contract';
import { Brain, Check, FileText, Image, type LucideIcon, Wrench } from 'lucide-react';
import { memo } from 'react';
import type { Language } from '../chat/facts.ts';
import { useLanguage, useTexts } from '../preferences/use-texts.ts';
import { useSettingsTexts } from '../settings-pages/use-settings-texts.ts';
import type { ListedModel } from './list-models.ts';
import { type Ability, abilitiesOf, formatPrice, formatWindow } from './model-facts.ts';

export interface ModelOptionProps {
  readonly item: ListedModel;
  readonly isChosen: boolean;
  readonly isActive: boolean;
  /** Why it does not answer. */
  readonly trouble: string | undefined;
  readonly onActive: (key: string) => void;
  readonly onTake: (item: ListedModel) => void;
}

export function optionId(key: string): string {
  return `model-option-${key}`;
}

/** There may be hundreds of them, and the pointer passes over many. */
export const ModelOption = memo(function ModelOption({ item, isChosen, isActive, trouble, onActive, onTake }: ModelOptionProps) {
  const t = useTexts();
  const { model } = item;
  // That a model is ready is said by saying nothing.
  const note = model.isDemo ? t.model_demo_note() : trouble;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are in the field or on the list
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field or on the list
    <div
      id={optionId(item.key)}
      role="option"
      aria-selected={isChosen}
      className="menu-item model-option"
      data-highlighted={isActive || undefined}
      onPointerMove={() => isActive || onActive(item.key)}
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => onTake(item)}
    >
      <span className="state-dot mt-1.75" data-state={model.state} />
      <span className="min-w-0 flex-1">
        <span className="block break-words" translate="no">
          {model.name}
        </span>
        <ModelFacts model={model} />
        {note && <span className="block text-xs text-muted">{note}</span>}
      </span>
      {isChosen && <Check size={16} aria-hidden className="mt-0.5 shrink-0" />}
    </div>
  );
});

const icons: Readonly<Record<Ability, LucideIcon>> = { pictures: Image, files: FileText, tools: Wrench, reasoning: Brain };

/** What it can, how much it keeps in mind, and what it costs. */
function ModelFacts({ model }: { readonly model: ModelDto }) {
  const s = useSettingsTexts();
  const language = useLanguage();
  const names = { pictures: s.models_pictures, files: s.models_files, tools: s.models_tools, reasoning: s.models_reasoning };
  const abilities = abilitiesOf(model);
  const facts = [windowFact(model, s, language), priceFact(model, s, language)].filter((fact) => fact !== undefined);
  if (abilities.length === 0 && facts.length === 0) return null;
  return (
    <span className="model-facts">
      {abilities.map((ability) => {
        const Icon = icons[ability];
        return (
          <span key={ability} title={names[ability]()} aria-hidden>
            <Icon size={14} />
          </span>
        );
      })}
      {facts.map(({ short, full }) => (
        <span key={full} title={full} aria-hidden>
          {short}
        </span>
      ))}
      <span className="sr-only">{[...abilities.map((ability) => names[ability]()), ...facts.map(({ full }) => full)].join(', ')}</span>
    </span>
  );
}

/** Short for the eye, whole for the ear and for who points at it. */
interface Fact {
  readonly short: string;
  readonly full: string;
}

type Texts = ReturnType<typeof useSettingsTexts>;

function windowFact({ contextWindow }: ModelDto, s: Texts, language: Language): Fact | undefined {
  if (contextWindow === undefined) return undefined;
  const window = formatWindow(contextWindow, language);
  return { short: window, full: s.models_window({ window }) };
}

function priceFact({ price }: ModelDto, s: Texts, language: Language): Fact | undefined {
  if (!price) return undefined;
  const { currency, inputPerMillion, outputPerMillion, asOf } = price;
  if (inputPerMillion === 0 && outputPerMillion === 0) return { short: s.models_free(), full: s.models_free() };
  const input = formatPrice(inputPerMillion, currency, language);
  const output = formatPrice(outputPerMillion, currency, language);
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(new Date(asOf));
  return { short: s.models_price({ input, output }), full: s.models_price_full({ input, output, date }) };
}
