import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import type { Conversation } from '../../state/conversation.ts';
import { useTexts } from '../preferences/use-texts.ts';
import { useModelChoice, useModels } from './use-models.ts';
import { useStateText } from './use-state-text.ts';

export type ModelButtonProps = ComponentProps<'button'> & { readonly conversation: Conversation };

/** Shows which model answers next. */
export function ModelButton({ conversation, ...button }: ModelButtonProps) {
  const t = useTexts();
  const { isLoading } = useModels();
  const { id, model } = useModelChoice(conversation);
  const stateText = useStateText();
  const name = model?.name ?? id?.slice(id.indexOf('/') + 1) ?? (isLoading ? '' : t.model_choose());
  // What is written on the button must be in its name, or nobody can say it to a voice control.
  const shown = model?.isDemo ? `${name} ${t.model_demo()}` : name;
  const label = model ? t.model_current({ name: `${model.providerName} ${shown}`, state: stateText(model.state) }) : t.model_label();
  const title = id && !model && !isLoading ? t.model_gone({ name }) : undefined;
  return (
    <button type="button" {...button} className="model-trigger" aria-label={label} title={title}>
      <span className="state-dot" data-state={model?.state ?? 'unconfigured'} />
      <span className="truncate">{name}</span> {model?.isDemo && <span className="badge">{t.model_demo()}</span>}
      <ChevronDown size={15} aria-hidden className="shrink-0 text-muted" />
    </button>
  );
}
