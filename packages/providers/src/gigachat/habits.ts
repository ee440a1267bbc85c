import type { ChatRequest, ProviderError } from '@multimodel/core';

/** What differs between installations and models and is told nowhere: tried one way, and the other way once the first was refused. */
export interface Habits {
  readonly draws: boolean;
  /** v2: the role of a function's result. */
  readonly resultRole: 'tool' | 'function';
  /** Files were uploaded anew, since the vendor did not have them any more. */
  readonly hasFreshFiles: boolean;
}

interface Attempt {
  readonly habits: Habits;
  readonly request: ChatRequest;
  readonly hasFiles: boolean;
  readonly isV2: boolean;
}

/** How to ask once more after this refusal; `undefined`: it would not help. */
export function otherHabits(error: ProviderError, { habits, request, hasFiles, isV2 }: Attempt): Habits | undefined {
  const { fault } = error.details;
  const hasTools = (request.tools ?? []).length > 0;
  if (habits.draws && (fault === 'noTool' || (fault === 'noFunctions' && !hasTools))) return { ...habits, draws: false };
  if (fault === 'noFile' && hasFiles && !habits.hasFreshFiles) return { ...habits, hasFreshFiles: true };
  const hasResults = request.messages.some(({ role }) => role === 'tool');
  // The vendor never says which part of a request it could not read.
  const mayBeRole = isV2 && fault === 'requestRefused' && hasResults && habits.resultRole === 'tool';
  return mayBeRole ? { ...habits, resultRole: 'function' } : undefined;
}
