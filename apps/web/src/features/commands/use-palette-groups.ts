import { useInfiniteQuery } from '@tanstack/react-query';
import { ArrowDown, Bot, MessageSquare } from 'lucide-react';
import { useMatch, useNavigate } from 'react-router';
import { useStore } from 'zustand';
import { useServices } from '../../app/services-context.ts';
import { useSidebar } from '../../app/sidebar-context.ts';
import { chatsQuery } from '../chats/chats-query.ts';
import { useChooseModel } from '../models/use-choose-model.ts';
import { useModelChoice, useModels } from '../models/use-models.ts';
import { useTexts } from '../preferences/use-texts.ts';
import type { PaletteGroup, PaletteItem } from './palette-groups.ts';
import { usePreferenceCommands } from './use-preference-commands.ts';
import { useSettingsCommands } from './use-settings-commands.ts';

const recentChats = 5;

export interface PaletteSource {
  readonly groups: readonly PaletteGroup[];
  readonly isLoading: boolean;
  readonly isFailed: boolean;
  readonly retry: () => void;
}

/** Chats, what can be done, and models. */
export function usePaletteGroups(): PaletteSource {
  const t = useTexts();
  const chats = useChatItems();
  const models = useModelItems();
  const commands = useCommandItems();
  return {
    groups: [
      { id: 'chats', title: t.palette_chats(), items: chats.items, mostAtRest: recentChats },
      { id: 'commands', title: t.palette_commands(), items: commands },
      { id: 'models', title: t.palette_models(), items: models.items, mostAtRest: 0 },
    ],
    isLoading: chats.isLoading,
    isFailed: chats.isFailed,
    retry: chats.retry,
  };
}

/** The models alone. */
export function useModelGroups(): PaletteSource {
  const t = useTexts();
  const { items, ...state } = useModelItems();
  return { groups: [{ id: 'models', title: t.palette_models(), items }], ...state };
}

function useChatItems() {
  const t = useTexts();
  const navigate = useNavigate();
  const { closeDrawer } = useSidebar();
  const { client, chats: actions } = useServices();
  const openId = useMatch('/chat/:chatId')?.params.chatId;
  const hidden = useStore(actions.hidden, (state) => state.ids);
  const query = useInfiniteQuery(chatsQuery(client));
  const chats = (query.data?.pages.flatMap(({ items }) => items) ?? []).filter(({ id }) => id !== openId && !hidden.has(id));
  const items = chats.map(
    ({ id, title }): PaletteItem => ({
      id: `chat-${id}`,
      title: title ?? t.chat_untitled(),
      icon: MessageSquare,
      run: () => {
        closeDrawer();
        void navigate(`/chat/${id}`);
      },
    }),
  );
  const more: PaletteItem = {
    id: 'chats-more',
    title: query.isFetchingNextPage ? t.loading() : t.palette_more(),
    icon: ArrowDown,
    isAlways: true,
    staysOpen: true,
    run: () => void query.fetchNextPage(),
  };
  return {
    items: query.hasNextPage ? [...items, more] : items,
    isLoading: query.isPending,
    isFailed: query.isError,
    retry: () => void (query.isFetchNextPageError ? query.fetchNextPage() : query.refetch()),
  };
}

function useModelItems() {
  const { conversations } = useServices();
  const openId = useMatch('/chat/:chatId')?.params.chatId;
  const draft = useStore(conversations.draft, (state) => state.conversation);
  const conversation = (openId && conversations.find(openId)) || draft;
  const { models, isLoading, isFailed, retry } = useModels();
  const { id: current } = useModelChoice(conversation);
  const choose = useChooseModel(conversation);
  const items = models.map(
    ({ id, name, providerName }): PaletteItem => ({
      id: `model-${id}`,
      title: name,
      words: `${providerName} ${id}`,
      detail: providerName,
      icon: Bot,
      isCurrent: id === current,
      run: () => choose(id),
    }),
  );
  return { items, isLoading, isFailed: isFailed && models.length === 0, retry };
}

function useCommandItems(): readonly PaletteItem[] {
  const { commands: registry } = useServices();
  usePreferenceCommands();
  useSettingsCommands();
  const commands = useStore(registry.store, (state) => state.commands);
  return commands
    .filter(({ run, opens, isKeyOnly, isAvailable }) => !isKeyOnly && (run ?? opens) && opens !== 'palette' && (isAvailable?.() ?? true))
    .map(
      (command): PaletteItem => ({
        id: command.id,
        title: command.title(),
        words: command.words?.(),
        icon: command.icon,
        shortcut: registry.shortcutsOf(command)[0],
        staysOpen: command.opens !== undefined,
        run: () => registry.run(command),
      }),
    );
}
