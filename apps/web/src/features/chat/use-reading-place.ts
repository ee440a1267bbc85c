import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useLocation } from 'react-router';
import { useServices } from '../../app/services-context.ts';
import type { Conversation } from '../../state/conversation.ts';
import { reachMessage } from '../../state/reach-message.ts';
import { createStorageArea } from '../../state/storage-area.ts';
import type { LazyMounts } from '../lazy/lazy-mounts.ts';
import { useTexts } from '../preferences/use-texts.ts';
import { useIsRendererThere } from './answer-body.tsx';
import { ReadingPlaces } from './reading-places.ts';
import { groupsOf, type Place } from './scroll-anchor.ts';
import { type FollowedScroll, messageIn } from './use-scroll-follower.ts';

const places = new ReadingPlaces(createStorageArea(() => window.sessionStorage));
const linkPrefix = '#m-';
/** A message that a link leads to stands this far below the edge. */
const linkedTopPx = 16;
const markedMs = 4_000;

interface Target extends Place {
  readonly isLinked: boolean;
}

interface ReadingPlaceOptions {
  readonly conversation: Conversation;
  readonly mounts: LazyMounts;
  readonly scroll: FollowedScroll;
  /** Of the oldest message: it changes when others are put in front. */
  readonly firstId: string | undefined;
}

/** A chat opens where a link leads, or where its reader left it; otherwise at its end. */
export function useReadingPlace({ conversation, mounts, scroll, firstId }: ReadingPlaceOptions): void {
  const t = useTexts();
  const { notices } = useServices();
  const { hash, key } = useLocation();
  const [target, setTarget] = useState<Target | undefined>(() => linkedIn(hash) ?? leftIn(conversation));
  // A change of nothing but the hash, typed into the address, has no key of its own.
  const [seen, setSeen] = useState(key + hash);
  if (seen !== key + hash) {
    setSeen(key + hash);
    const linked = linkedIn(hash);
    if (linked) setTarget(linked);
  }
  const { scroller, showAt } = scroll;
  const isRendererThere = useIsRendererThere();

  // biome-ignore lint/correctness/useExhaustiveDependencies: firstId says that more messages are there
  useLayoutEffect(() => {
    const message = target && scroller.current && messageIn(scroller.current, target.messageId);
    // A block can be found only where there are blocks.
    if (!message || (target.block && !isRendererThere)) return;
    goTo(message, target, { mounts, showAt });
    setTarget(undefined);
  }, [target, firstId, isRendererThere, mounts, scroller, showAt]);

  useEffect(() => {
    if (!target) return;
    const controller = new AbortController();
    const { messageId, isLinked } = target;
    void reachMessage(conversation, messageId, controller.signal).then((isThere) => {
      if (isThere || controller.signal.aborted) return;
      setTarget(undefined);
      if (isLinked) notices.failure(t.message_missing());
    });
    return () => controller.abort();
  }, [target, conversation, notices, t]);

  useKeptPlace(conversation, scroll.anchor, target !== undefined);
}

/** Written down when the chat is left, for another one or with the page. */
function useKeptPlace(conversation: Conversation, anchor: FollowedScroll['anchor'], isOnTheWay: boolean): void {
  const save = useRef<() => void>(undefined);
  useLayoutEffect(() => {
    save.current = () => {
      const { chatId } = conversation.store.getState();
      if (chatId && !isOnTheWay) places.set(chatId, anchor()?.place);
    };
  }, [conversation, anchor, isOnTheWay]);
  useLayoutEffect(() => {
    const onLeave = () => save.current?.();
    window.addEventListener('pagehide', onLeave);
    return () => {
      window.removeEventListener('pagehide', onLeave);
      onLeave();
    };
  }, []);
}

const leftIn = ({ store }: Conversation): Target | undefined => {
  const { chatId } = store.getState();
  const place = chatId === undefined ? undefined : places.of(chatId);
  return place && { ...place, isLinked: false };
};

function linkedIn(hash: string): Target | undefined {
  if (!hash.startsWith(linkPrefix)) return undefined;
  return { messageId: hash.slice(linkPrefix.length), topPx: linkedTopPx, isLinked: true };
}

type Way = Pick<ReadingPlaceOptions, 'mounts'> & Pick<FollowedScroll, 'showAt'>;

function goTo(message: HTMLElement, { block, topPx, isLinked }: Target, { mounts, showAt }: Way): void {
  // Drawn after this commit: React takes no other one within it.
  queueMicrotask(() => {
    mounts.mountNow(message);
    const group = block && groupsOf(message)[block[0]];
    if (group) mounts.mountNow(group);
    const element = (block && group?.children[block[1]]) ?? group ?? message;
    // Twice: on the first way there it may still take the room that was only estimated for it.
    showAt(element, topPx);
    showAt(element, topPx);
    if (isLinked) mark(message);
  });
}

function mark(message: HTMLElement): void {
  message.dataset['marked'] = '';
  message.tabIndex = -1;
  message.focus({ preventScroll: true });
  window.setTimeout(() => delete message.dataset['marked'], markedMs);
}
