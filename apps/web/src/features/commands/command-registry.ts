import type { LucideIcon } from 'lucide-react';
import { createStore } from 'zustand/vanilla';
import { isApple, isCharacter, type KeyEvent, matchesShortcut, type Shortcut } from './shortcut.ts';

export type CommandGroup = 'chat' | 'answer' | 'page';

/** Where keys work that are not for the whole page; whoever has the focus there answers to them. */
export type CommandScope = 'composer' | 'chats' | 'messages';

/** The layers that commands open. */
export type CommandLayer = 'palette' | 'models' | 'sheet';

/** Something a person can do, for the palette, the keys and their sheet alike. */
export interface Command {
  readonly id: string;
  readonly group: CommandGroup;
  /** In the reader's language; asked anew each time it is shown. */
  readonly title: () => string;
  /** More words to find it by. */
  readonly words?: (() => string) | undefined;
  readonly icon?: LucideIcon | undefined;
  readonly shortcuts?: readonly Shortcut[] | undefined;
  readonly scope?: CommandScope | undefined;
  /** A key without a place in the palette. */
  readonly isKeyOnly?: boolean | undefined;
  /** Absent: always. */
  readonly isAvailable?: (() => boolean) | undefined;
  /** Absent: only a key that works in its scope. */
  readonly run?: (() => void) | undefined;
  /** Instead of `run`: goes on in this layer. */
  readonly opens?: CommandLayer | undefined;
}

export interface CommandRegistryDeps {
  readonly userAgent: string;
  /** Whether keys that write a character are commands, too: they get in the way of who speaks to the page. */
  readonly hasCharacterKeys?: () => boolean;
}

interface CommandState {
  readonly commands: readonly Command[];
  readonly layer: CommandLayer | undefined;
}

/** All that can be done on the page now. Parts of the page add what they offer while they are on it. */
export class CommandRegistry {
  readonly store = createStore<CommandState>(() => ({ commands: [], layer: undefined }));
  readonly isMac: boolean;

  readonly #hasCharacterKeys: () => boolean;

  constructor({ userAgent, hasCharacterKeys = () => true }: CommandRegistryDeps) {
    this.isMac = isApple(userAgent);
    this.#hasCharacterKeys = hasCharacterKeys;
  }

  /** Ends with the returned function. */
  add(added: readonly Command[]): () => void {
    this.store.setState(({ commands }) => ({ commands: [...commands, ...added] }));
    return () => this.store.setState(({ commands }) => ({ commands: commands.filter((command) => !added.includes(command)) }));
  }

  /** What this key does anywhere on the page; of several, what came last. */
  commandOf(event: KeyEvent): Command | undefined {
    return this.store
      .getState()
      .commands.findLast(
        ({ scope, shortcuts, isAvailable }) =>
          scope === undefined && shortcuts?.some((shortcut) => this.matches(event, shortcut)) && (isAvailable?.() ?? true),
      );
  }

  matches(event: KeyEvent, shortcut: Shortcut): boolean {
    return this.#isOn(shortcut) && matchesShortcut(event, shortcut, this.isMac);
  }

  /** Those that work now. What a field reads as text always does. */
  shortcutsOf({ shortcuts = [], scope }: Command): readonly Shortcut[] {
    return scope === 'composer' ? shortcuts : shortcuts.filter((shortcut) => this.#isOn(shortcut));
  }

  #isOn(shortcut: Shortcut): boolean {
    return !isCharacter(shortcut) || this.#hasCharacterKeys();
  }

  run({ run, opens }: Command): void {
    if (opens) this.show(opens);
    else run?.();
  }

  /** The same key that opens a layer closes it. */
  toggle(layer: CommandLayer): void {
    this.show(this.store.getState().layer === layer ? undefined : layer);
  }

  show(layer: CommandLayer | undefined): void {
    this.store.setState({ layer });
  }
}
