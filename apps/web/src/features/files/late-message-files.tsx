import type { AttachmentDto } from '@multimodel/contract';
import { toUnsentFile, type UnsentFile } from '../../state/unsent-file.ts';
import { latePart } from '../../ui/late-part.ts';
import { isPicture } from './file-kind.ts';
import { filesPart } from './load-files.ts';
import { estimateFilesHeight } from './picture-size.ts';

interface FilesProps {
  readonly files: readonly UnsentFile[];
  readonly isAnswer?: boolean;
}

const Files = latePart(async () => (await filesPart()).MessageFiles, FilesRoom);

/** Nothing moves when what draws them comes. */
export function FilesRoom({ files, isAnswer = false }: FilesProps) {
  const pictures = files.flatMap((file) => (file.attachment && isPicture(file) ? file.attachment : []));
  return <div aria-hidden style={{ height: estimateFilesHeight(pictures, files.length - pictures.length, isAnswer) }} />;
}

/** The files of a message; nothing where there are none. */
export function LateMessageFiles({ files, isAnswer = false }: FilesProps) {
  return files.length > 0 && <Files files={files} isAnswer={isAnswer} />;
}

const noFiles: readonly UnsentFile[] = [];

export function filesOfMessage({ attachments }: { readonly attachments?: readonly AttachmentDto[] | undefined }): readonly UnsentFile[] {
  return attachments?.map((attachment) => toUnsentFile(attachment, { isOfMessage: true })) ?? noFiles;
}
