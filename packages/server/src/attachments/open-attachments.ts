import { join } from 'node:path';
import { AttachmentService, type AttachmentServiceDeps } from '@multimodel/core';
import { FolderFileStore } from '@multimodel/storage';
import type { Config } from '../config/config.ts';
import { sweepFiles } from './file-sweeper.ts';

type Deps = Omit<AttachmentServiceDeps, 'files' | 'maxBytes'>;

/** Files of messages, in a folder of the data folder; swept as long as `stack` lives. */
export function openAttachments(
  config: Pick<Config, 'dataDir' | 'maxAttachmentMb'>,
  deps: Deps,
  stack: AsyncDisposableStack,
): AttachmentService {
  const files = new FolderFileStore(join(config.dataDir, 'files'));
  const attachments = new AttachmentService({ ...deps, files, maxBytes: config.maxAttachmentMb * 1024 * 1024 });
  stack.use(sweepFiles({ attachments, clock: deps.clock, logger: deps.logger }));
  return attachments;
}
