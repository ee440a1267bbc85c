import type { MessageDto } from '@multimodel/contract';

/** As the server judges it: the answer came to its end too early, and there is something to go on with. */
export function canContinue({ role, state, reason, text }: MessageDto): boolean {
  if (role !== 'assistant' || text.trim() === '') return false;
  if (state === 'completed') return reason === 'length';
  return state !== 'streaming';
}
