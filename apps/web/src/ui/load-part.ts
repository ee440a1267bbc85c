import { onWake, schedule } from '../app/browser.ts';

const retryMs = [1_000, 2_000, 4_000, 8_000] as const;

export interface LoadPartDeps {
  /** Resolves when another try is worth it. */
  readonly nextChance: (failures: number) => Promise<void>;
  /** Takes away what a failed try has left behind. */
  readonly tidy: () => void;
}

/** For `lazy`: a part of the page that cannot be had without a connection is missing until it can, instead of taking the page down. */
export async function loadPart<Part>(load: () => Promise<Part>, deps: LoadPartDeps = browserDeps): Promise<Part> {
  for (let failures = 0; ; failures += 1) {
    try {
      return await load();
    } catch {
      await deps.nextChance(failures);
      deps.tidy();
    }
  }
}

const browserDeps: LoadPartDeps = {
  nextChance: (failures) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = schedule(resolve, retryMs[Math.min(failures, retryMs.length - 1)] ?? 0);
    const stopWaking = onWake(resolve);
    return promise.then(() => {
      cancel();
      stopWaking();
    });
  },
  tidy: reloadStyles,
};

/** The bundler asks for a style sheet once, whether it came or not. */
function reloadStyles(): void {
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')) {
    if (link.sheet) continue;
    const again = document.createElement('link');
    again.rel = 'stylesheet';
    again.href = link.href;
    link.replaceWith(again);
  }
}
