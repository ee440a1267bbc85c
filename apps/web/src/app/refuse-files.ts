import { m } from '../paraglide/messages.js';
import type { Notices } from '../state/notices.ts';

/** No model takes files yet. A dropped one must not open in place of the page, and a pasted one must not vanish without a word. */
export function refuseFiles(notices: Notices): void {
  window.addEventListener('dragover', (event) => {
    if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'none';
  });
  window.addEventListener('drop', (event) => {
    if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    notices.failure(m.files_refused());
  });
  window.addEventListener('paste', (event) => {
    const { files, types } = event.clipboardData ?? {};
    // Office programs add a picture of the text that they copy.
    if (!event.defaultPrevented && files?.length && !types?.includes('text/plain')) notices.failure(m.files_refused());
  });
}
