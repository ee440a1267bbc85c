import type { AttachmentService } from '../attachment/attachment-service.ts';
import { attachmentTexts } from '../attachment/attachment-texts.ts';
import type { FileEvent } from '../model/stream-event.ts';
import type { Logger } from '../shared/logger.ts';
import type { Run } from './run.ts';
import type { RunEventBody } from './run-event.ts';

/** What the log says of a file that a model made. */
export type TakeFile = (run: Run, file: FileEvent) => Promise<RunEventBody>;

/** Kept first, told of after that. An answer does not fail for a file that cannot be kept. */
export function createTakeFile(attachments: Pick<AttachmentService, 'keepMade'>, logger: Logger): TakeFile {
  return async (run, file) => {
    try {
      return { type: 'file', attachment: await attachments.keepMade(run.ownerId, run.messageId, file) };
    } catch (error) {
      logger.error({ err: error, runId: run.id, mediaType: file.mediaType }, 'a file that a model made could not be kept');
      return { type: 'warning', code: 'content_dropped', parameter: 'attachments', message: attachmentTexts.notKept(file.mediaType).en };
    }
  };
}
