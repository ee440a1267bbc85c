/** Puts a text on the clipboard, with a rich version beside it where there is one. */
export async function writeClipboard(text: string, html?: Promise<string>): Promise<void> {
  // Absent where the page is not served over https or from this machine.
  if (!('clipboard' in navigator)) return copyByCommand(text, await html);
  if (html === undefined || typeof ClipboardItem === 'undefined') return navigator.clipboard.writeText(text);
  const asBlob = (type: string) => (content: string) => new Blob([content], { type });
  // Promises go in as they are: Safari allows no waiting between the click and the call.
  const item = new ClipboardItem({ 'text/plain': asBlob('text/plain')(text), 'text/html': html.then(asBlob('text/html')) });
  await navigator.clipboard.write([item]);
}

/** A text that has yet to be fetched. The browser is asked at once: it only lets a page copy right after a click. */
export async function writeClipboardLater(text: Promise<string>): Promise<void> {
  if (!('clipboard' in navigator) || typeof ClipboardItem === 'undefined') return writeClipboard(await text);
  const blob = text.then((content) => new Blob([content], { type: 'text/plain' }));
  // A browser that refuses at once never looks at it.
  blob.catch(() => undefined);
  await navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })]);
}

function copyByCommand(text: string, html: string | undefined): void {
  let isDone = false;
  const fill = (event: ClipboardEvent) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    event.clipboardData?.setData('text/plain', text);
    if (html !== undefined) event.clipboardData?.setData('text/html', html);
    isDone = true;
  };
  document.addEventListener('copy', fill, { once: true, capture: true });
  // oxlint-disable-next-line typescript/no-deprecated -- the only way without the Clipboard API, and still everywhere
  document.execCommand('copy');
  document.removeEventListener('copy', fill, { capture: true });
  if (!isDone) throw new Error('The browser did not let the page copy');
}
