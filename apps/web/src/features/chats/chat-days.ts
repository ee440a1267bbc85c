import type { ChatDto } from '@multimodel/contract';

export type ChatDay = 'today' | 'yesterday' | 'week' | { readonly month: number; readonly year: number };

export interface ChatGroup {
  readonly key: string;
  readonly day: ChatDay;
  readonly chats: readonly ChatDto[];
}

/** Groups chats, newest first, by the days people think in. */
export function groupByDay(chats: readonly ChatDto[], now: number): readonly ChatGroup[] {
  const groups = new Map<string, { day: ChatDay; chats: ChatDto[] }>();
  for (const chat of chats) {
    const day = dayOf(chat.updatedAt, now);
    const key = typeof day === 'string' ? day : `${day.year}-${day.month}`;
    const group = groups.get(key) ?? { day, chats: [] };
    group.chats.push(chat);
    groups.set(key, group);
  }
  return [...groups].map(([key, group]) => ({ key, ...group }));
}

function dayOf(time: number, now: number): ChatDay {
  const daysAgo = Math.round((midnight(now) - midnight(time)) / 86_400_000);
  if (daysAgo <= 0) return 'today';
  if (daysAgo === 1) return 'yesterday';
  if (daysAgo < 7) return 'week';
  const date = new Date(time);
  return { month: date.getMonth(), year: date.getFullYear() };
}

function midnight(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0);
}
