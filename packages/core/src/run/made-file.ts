import type { AttachmentService } from '../attachment/attachment-service.ts';
import { attachmentTexts } from '../attachment/attachment-texts.ts';
import type { FileEvent } from '../model/stream-event.ts';
import type { Logger } from '../shared/logger.ts';
import type { Run } from './run.ts';
import type { RunEventBody } from './run-event.ts';

/** Where files that models make are kept. */
export type MadeFiles = Pick<AttachmentService, 'keepMade'>;

interface MadeFileDeps {
  readonly files: MadeFiles;
  readonly logger: Logger;
}

/** What the log says of a file that a model made: kept first, told of after that. An answer does not fail for one that cannot be kept. */
export async function takeMadeFile({ files, logger }: MadeFileDeps, run: Run, file: FileEvent): Promise<RunEventBody> {
  try {
    return { type: 'file', attachment: await files.keepMade(run.ownerId, run.messageId, file) };
  } catch (error) {
    logger.error({ err: error, runId: run.id, mediaType: file.mediaType }, 'a file that a model made could not be kept');
    return { type: 'warning', code: 'content_dropped', parameter: 'attachments', message: attachmentTexts.notKept(file.mediaType).en };
  }
}
