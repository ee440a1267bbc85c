import type { AttachmentService, Clock, Logger } from '@multimodel/core';

export interface FileSweeperDeps {
  readonly attachments: Pick<AttachmentService, 'sweep'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The start has better things to do. */
const firstSweepMs = 60_000;
const sweepEveryMs = 6 * 60 * 60_000;

/** Removes now and then what was uploaded and never sent, and what a crash has left behind. */
export function sweepFiles({ attachments, clock, logger }: FileSweeperDeps): Disposable {
  let isOver = false;
  let cancel = clock.schedule(firstSweepMs, () => void sweep());
  async function sweep(): Promise<void> {
    try {
      await attachments.sweep();
    } catch (error) {
      logger.warn({ err: error }, 'old files could not be swept; tried again later');
    }
    if (!isOver) cancel = clock.schedule(sweepEveryMs, () => void sweep());
  }
  return {
    [Symbol.dispose]: () => {
      isOver = true;
      cancel();
    },
  };
}
