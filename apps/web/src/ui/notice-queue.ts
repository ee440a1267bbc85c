export interface NoticeData {
  readonly onUndo?: (() => void) | undefined;
}

export interface NoticeOptions {
  readonly title: string;
  readonly timeout: number;
  readonly type?: string;
  readonly priority?: 'low' | 'high';
  readonly onClose?: () => void;
  readonly data?: NoticeData;
}

/** What shows notices: the manager of the toast library. */
export interface NoticeTarget {
  add(options: NoticeOptions & { readonly id: string }): unknown;
  update(id: string, options: Pick<NoticeOptions, 'title'>): void;
  close(id: string): void;
}

/** Takes notices from the first moment on; the part that shows them is loaded after the page. */
export class NoticeQueue {
  #target: NoticeTarget | undefined;
  #waiting: ((target: NoticeTarget) => void)[] = [];
  #count = 0;

  add(options: NoticeOptions): string {
    this.#count += 1;
    const id = `notice-${this.#count}`;
    this.#pass((target) => void target.add({ ...options, id }));
    return id;
  }

  update(id: string, options: Pick<NoticeOptions, 'title'>): void {
    this.#pass((target) => target.update(id, options));
  }

  close(id: string): void {
    this.#pass((target) => target.close(id));
  }

  /** What waits is shown in its order. Answers with the way to let go of the target. */
  attach(target: NoticeTarget): () => void {
    this.#target = target;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const act of waiting) act(target);
    return () => {
      if (this.#target === target) this.#target = undefined;
    };
  }

  #pass(act: (target: NoticeTarget) => void): void {
    if (this.#target) act(this.#target);
    else this.#waiting.push(act);
  }
}
