import type { ContextForecastDto, MessageDto } from '@multimodel/contract';
import { type ContextFit, countTokens, fitContext } from '@multimodel/contract/context-fit';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { useStore } from 'zustand';
import { useServices } from '../../app/services-context.ts';
import type { Conversation } from '../../state/conversation.ts';
import { isAnswering } from '../../state/conversation-state.ts';
import { useModelChoice } from '../models/use-models.ts';
import { useChatSettings } from '../settings/use-chat-settings.ts';

const freshMs = 5 * 60_000;

/** What the server would give the model next: asked once per chat, end of the branch, model and settings, whatever is typed. */
export function useContextForecast(conversation: Conversation): ContextForecastDto | undefined {
  const { client } = useServices();
  const settings = useChatSettings(conversation);
  const { id: model } = useModelChoice(conversation);
  const chatId = useStore(conversation.store, (state) => state.chat?.id);
  const isReady = useStore(conversation.store, (state) => state.status === 'ready' && !isAnswering(state));
  const end = useStore(conversation.store, (state) => (state.isClearing ? '' : endOf(state.messages)));
  const { data } = useQuery({
    queryKey: ['context', chatId ?? '', end, model ?? '', settings],
    queryFn: async ({ signal }) => {
      const body = model ? { model } : {};
      if (!chatId) return client.chats.forecastNew({ ...body, settings }, { signal });
      // The server goes by what it has: what is on its way there comes first.
      await conversation.settings.settle();
      return client.chats.forecast(chatId, body, { signal });
    },
    enabled: isReady,
    staleTime: freshMs,
    // While the next one is on its way the last one is nearly right; of another chat it would be wrong.
    placeholderData: (before, query) => (query?.queryKey[1] === (chatId ?? '') ? before : undefined),
  });
  return data;
}

/** Changes whenever the branch ends in something else. */
function endOf(messages: readonly MessageDto[]): string {
  const last = messages.at(-1);
  return last ? `${last.id} ${last.state} ${last.text.length}` : '';
}

export interface ContextState extends ContextFit {
  /** There are older messages than are ever sent. */
  readonly isCut: boolean;
  readonly level: 'plenty' | 'half' | 'tight' | 'over';
  /** The text alone is more than the model can take. */
  readonly isTooLong: boolean;
  /** Tokens of the text itself; nothing written costs nothing. */
  readonly textTokens: number;
  /** Tokens of the conversation and its instruction. */
  readonly conversationTokens: number;
  /** Of the room beside the answer's, from 0; what is above 1 would be left out. */
  readonly taken: number;
}

/** How the message in the making fits. Behind the typing, never in its way. Nothing where the window is not known. */
export function useContextState(conversation: Conversation, text: string): ContextState | undefined {
  const forecast = useContextForecast(conversation);
  return contextState(forecast, useDeferredValue(text));
}

export function contextState(forecast: ContextForecastDto | undefined, text: string): ContextState | undefined {
  const fit = forecast && fitContext(forecast, text);
  if (!fit) return undefined;
  const room = fit.contextWindow - fit.reservedForAnswer;
  const isTooLong = fit.inputTokens > room;
  const cost = countTokens(text, forecast.rule);
  const textTokens = text.trim() === '' ? 0 : cost;
  const conversationTokens = fit.inputTokens - cost;
  const taken = (conversationTokens + textTokens) / Math.max(1, room);
  const level = fit.leftOut > 0 || isTooLong ? 'over' : levelOf(taken);
  return { ...fit, isCut: forecast.isCut, isTooLong, level, textTokens, conversationTokens, taken };
}

function levelOf(taken: number): ContextState['level'] {
  if (taken >= 0.8) return 'tight';
  return taken >= 0.5 ? 'half' : 'plenty';
}

/** Counts tokens of texts like the server does, once it has told how. */
export function useTokenRule(conversation: Conversation): ((text: string) => number) | undefined {
  const rule = useContextForecast(conversation)?.rule;
  return rule && ((text) => countTokens(text, rule, { isMessage: false }));
}
