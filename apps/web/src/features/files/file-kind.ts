import type { UnsentFile } from '../../state/unsent-file.ts';

/** Pixels and nothing that runs; the server shows no others in place. */
const pictures: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp', 'image/avif']);

type Typed = Pick<UnsentFile, 'mediaType' | 'attachment'>;

export const typeOf = ({ mediaType, attachment }: Typed): string => attachment?.mediaType ?? mediaType;

/** Whether a browser can show it. */
export const isPicture = (file: Typed): boolean => pictures.has(typeOf(file));
