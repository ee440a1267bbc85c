/** All control characters but tab and line feed: an answer must not move the cursor, rename the window or answer for the terminal. */
const controls = /[^\P{Cc}\t\n]/gu;

export function toSafeText(text: string): string {
  return text.replace(controls, '');
}

/** For one line of a list or a message. */
export function toSafeLine(text: string): string {
  return toSafeText(text.replace(/\s+/g, ' '));
}
