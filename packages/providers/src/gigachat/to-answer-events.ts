import type { StreamEvent } from '@multimodel/core';
import type { AnswerPiece } from './answer-text.ts';
import type { MadeFile } from './made-files.ts';

const mediaTypes = { image: 'image/jpeg', video: 'video/mp4' } as const;

/** What was made leaves the text for `made`; the rest becomes events. */
export function* toAnswerEvents(pieces: Iterable<AnswerPiece>, made: MadeFile[]): Generator<StreamEvent, void, undefined> {
  for (const piece of pieces) {
    if (piece.type === 'text') yield { type: 'text-delta', text: piece.text };
    else if (piece.type === 'thought') yield { type: 'reasoning-delta', text: piece.text };
    else made.push({ fileId: piece.fileId, mediaType: mediaTypes[piece.kind] });
  }
}
