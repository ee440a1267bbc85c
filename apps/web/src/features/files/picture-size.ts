import type { AttachmentDto } from '@multimodel/contract';

export interface Box {
  readonly width: number;
  readonly height: number;
}

type Sized = Pick<AttachmentDto, 'width' | 'height'>;

const largestOfAnswer: Box = { width: 480, height: 480 };
const largestOfQuestion: Box = { width: 320, height: 260 };
/** Beside others, all are alike. */
const oneOfMany: Box = { width: 120, height: 120 };
/** Where nobody knows how large it is. */
const unknownSize: Box = { width: 320, height: 240 };
/** Below it nobody could hit it. */
const smallest = 44;

/** How large a picture is shown: known before it is there, so that nothing moves when it comes. */
export function shownSize(picture: Sized, place: 'answer' | 'question' | 'many'): Box {
  if (place === 'many') return oneOfMany;
  const { width, height } = picture;
  if (!width || !height) return unknownSize;
  const most = place === 'answer' ? largestOfAnswer : largestOfQuestion;
  const scale = Math.min(1, most.width / width, most.height / height);
  return { width: Math.max(smallest, Math.round(width * scale)), height: Math.max(smallest, Math.round(height * scale)) };
}

const cardHeight = 52;
const gap = 8;
const captionHeight = 32;

/** About how tall the files of a message will be, in pixels. */
export function estimateFilesHeight(pictures: readonly Sized[], others: number, isAnswer: boolean): number {
  const place = isAnswer ? 'answer' : pictures.length > 1 ? 'many' : 'question';
  const tall = pictures.map((picture) => shownSize(picture, place).height + gap + (isAnswer ? captionHeight : 0));
  const rows = place === 'many' ? tall.slice(0, Math.ceil(pictures.length / 3)) : tall;
  return rows.reduce((sum, height) => sum + height, 0) + others * (cardHeight + gap);
}
