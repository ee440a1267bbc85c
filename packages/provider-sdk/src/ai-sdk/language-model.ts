/**
 * A language model of the AI SDK, by shape: specification v2, v3 or v4. Nothing of the AI SDK is imported, so any version of its
 * packages fits.
 */
export interface AiSdkLanguageModel {
  readonly specificationVersion: string;
  readonly provider: string;
  readonly modelId: string;
  /** Takes the call options of its specification, which differ between them. */
  doStream(options: object): PromiseLike<{ readonly stream: ReadableStream<unknown> }>;
}

/** Specifications that are understood. */
export const aiSdkSpecifications = ['v2', 'v3', 'v4'] as const;
export type AiSdkSpecification = (typeof aiSdkSpecifications)[number];

/** Whether a value is a language model that `createAiSdkChatModel` understands. */
export function isAiSdkLanguageModel(value: unknown): value is AiSdkLanguageModel {
  if (typeof value !== 'object' || value === null || !('doStream' in value) || typeof value.doStream !== 'function') return false;
  return 'specificationVersion' in value && isSpecification(value.specificationVersion);
}

function isSpecification(value: unknown): value is AiSdkSpecification {
  return aiSdkSpecifications.some((version) => version === value);
}
