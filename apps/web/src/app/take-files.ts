import type { FileTarget } from '../features/files/file-target.ts';
import { m } from '../paraglide/messages.js';
import type { Notices } from '../state/notices.ts';

interface TakeFilesDeps {
  readonly fileTarget: FileTarget;
  readonly notices: Notices;
}

/** Files that are dropped anywhere or pasted go into the message. None may open in place of the page, or vanish without a word. */
export function takeFiles({ fileTarget, notices }: TakeFilesDeps): void {
  const give = (files: readonly File[]) => {
    if (fileTarget.take) fileTarget.take(files);
    else notices.failure(m.files_refused());
  };
  watchDragging(fileTarget);
  window.addEventListener('drop', (event) => {
    fileTarget.drag(false);
    if (event.defaultPrevented || !hasFiles(event)) return;
    event.preventDefault();
    const { files, hasFolder } = withoutFolders(event.dataTransfer);
    if (hasFolder) notices.failure(m.files_folder());
    if (files.length > 0) give(files);
  });
  window.addEventListener('paste', (event) => {
    const { files, types } = event.clipboardData ?? {};
    // Office programs add a picture of the text that they copy.
    if (event.defaultPrevented || !files?.length || types?.includes('text/plain')) return;
    event.preventDefault();
    give([...files]);
  });
}

function watchDragging(fileTarget: FileTarget): void {
  window.addEventListener('dragover', (event) => {
    if (event.defaultPrevented || !hasFiles(event)) return;
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = fileTarget.take ? 'copy' : 'none';
    fileTarget.drag(fileTarget.take !== undefined);
  });
  window.addEventListener('dragleave', ({ relatedTarget }) => {
    if (relatedTarget === null) fileTarget.drag(false);
  });
}

const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') ?? false;

/** A folder looks like a file that cannot be read. */
function withoutFolders(data: DataTransfer | null): { files: readonly File[]; hasFolder: boolean } {
  const items = [...(data?.items ?? [])].filter(({ kind }) => kind === 'file');
  const plain = items.filter((item) => !item.webkitGetAsEntry()?.isDirectory);
  return { files: plain.flatMap((item) => item.getAsFile() ?? []), hasFolder: plain.length < items.length };
}
