import { Bot, type LucideIcon } from 'lucide-react';
import { useStore } from 'zustand';
import { useServices } from '../../app/services-context.ts';
import type { Conversation } from '../../state/conversation.ts';
import { matching } from '../commands/match-text.ts';
import { useChooseModel } from '../models/use-choose-model.ts';
import { useModelChoice, useModels } from '../models/use-models.ts';
import { useTexts } from '../preferences/use-texts.ts';
import type { SuggestionTrigger } from './suggestion-trigger.ts';

/** Something to choose while writing: it does something, or puts a text in the place of what was typed. */
export interface Suggestion {
  readonly id: string;
  readonly title: string;
  readonly words?: string | undefined;
  readonly detail?: string | undefined;
  readonly icon?: LucideIcon | undefined;
  readonly isCurrent?: boolean | undefined;
  readonly text?: string | undefined;
  readonly run?: (() => void) | undefined;
  /** Told once it is done, where the page does not show it beside the field. */
  readonly said?: string | undefined;
}

const mostShown = 30;

export function useSuggestionSource({ kind, query }: SuggestionTrigger, conversation: Conversation): readonly Suggestion[] {
  const models = useModelSuggestions(conversation);
  const commands = useCommandSuggestions();
  const all = kind === 'models' ? models : commands;
  return matching(all, query, ({ title, words }) => (words === undefined ? title : `${title} ${words}`)).slice(0, mostShown);
}

function useModelSuggestions(conversation: Conversation): readonly Suggestion[] {
  const t = useTexts();
  const { models } = useModels();
  const { id: current } = useModelChoice(conversation);
  const choose = useChooseModel(conversation);
  return models.map(({ id, name, providerName }) => ({
    id,
    title: name,
    words: `${providerName} ${id}`,
    detail: providerName,
    icon: Bot,
    isCurrent: id === current,
    run: () => choose(id),
    said: t.suggest_model_chosen({ name }),
  }));
}

function useCommandSuggestions(): readonly Suggestion[] {
  const { commands: registry } = useServices();
  const commands = useStore(registry.store, (state) => state.commands);
  return commands
    .filter(({ run, opens, isKeyOnly, isAvailable }) => !isKeyOnly && (run ?? opens) && (isAvailable?.() ?? true))
    .map((command) => ({
      id: command.id,
      title: command.title(),
      words: command.words?.(),
      icon: command.icon,
      run: () => registry.run(command),
    }));
}
