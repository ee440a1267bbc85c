const longestName = 200;
/** Also those that turn the direction of writing: a name must not look like another one. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const joiners: ReadonlySet<string> = new Set(['\u200d', '\ufe0f']);

/** Without the folders it came from and without what cannot be seen; its end, which tells the format, stays when it is too long. */
export function cleanName(given: string, instead: string): string {
  const bare = given.split(/[\\/]/).at(-1) ?? '';
  const seen = bare
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(unseen, (character) => (joiners.has(character) ? character : ''));
  const name = seen.trim().replaceAll(/\s+/g, ' ');
  if (name === '' || /^\.+$/.test(name)) return instead;
  if (name.length <= longestName) return name;
  const ending = /\.[^.]{1,20}$/.exec(name)?.[0] ?? '';
  return `${name.slice(0, longestName - ending.length - 1).replace(/[\uD800-\uDBFF]$/, '')}…${ending}`;
}
