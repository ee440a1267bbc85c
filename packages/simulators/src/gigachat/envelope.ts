import type { Tokens } from '../host/script.ts';
import type { GigaChatQuirks } from './service.ts';

/** What an answer carries beside its text. */
export interface Envelope {
  readonly model: string;
  readonly createdAt: number;
  readonly cachedTokens: number;
  /** Ties the next turn to what the service remembers of a call. */
  readonly stateId: string;
  /** In place of the usual one. */
  readonly finishReason?: string | undefined;
  /** A picture that was made for this answer. */
  readonly imageId?: string | undefined;
  readonly quirks: GigaChatQuirks;
}

export const cachedOf = ({ cachedTokens }: Envelope, { inputTokens }: Tokens): number => Math.min(cachedTokens, inputTokens);
