import type { FileKind, ModelFiles, ModelInfo } from '@multimodel/core';

/** What a model takes, by its name: the vendor's list does not tell how thinking is steered. */
export interface ModelFacts {
  /** `level`: in words; `budget`: in tokens. */
  readonly thinking: 'level' | 'budget' | 'none';
  /** Whether the lowest level is next to none. */
  readonly hasMinimalLevel: boolean;
  readonly leastBudget: number;
  /** Gemma knows neither instructions nor tools nor formats. */
  readonly isPlain: boolean;
  /** Whether a format may be asked for beside tools. */
  readonly hasFormatWithTools: boolean;
  /** Calls must come back with a signature, which is not kept: there is a word for that. */
  readonly wantsSignatures: boolean;
}

export interface ModelLimits {
  readonly name?: string | undefined;
  readonly inputTokens?: number | undefined;
  readonly outputTokens?: number | undefined;
  readonly maxTemperature?: number | undefined;
  readonly temperature?: number | undefined;
  /** As the vendor's list says; absent = it does not. */
  readonly canThink?: boolean | undefined;
}

const older: ModelFacts = {
  thinking: 'none',
  hasMinimalLevel: false,
  leastBudget: 0,
  isPlain: false,
  hasFormatWithTools: false,
  wantsSignatures: false,
};

/** New names are taken for the newest kind. */
export function factsOf(id: string): ModelFacts {
  if (!id.startsWith('gemini-')) return { ...older, isPlain: id.startsWith('gemma-') };
  if (/^gemini-(?:1|2\.0|pro$|pro-vision|robotics)/u.test(id) || /-image/u.test(id)) return older;
  if (id.startsWith('gemini-2.5')) return { ...older, thinking: 'budget', leastBudget: id.includes('-pro') ? 128 : 0 };
  return { ...older, thinking: 'level', hasMinimalLevel: hasMinimalLevel(id), hasFormatWithTools: true, wantsSignatures: true };
}

/** Pro models, and Flash from 3.7 on, think a little at least. */
function hasMinimalLevel(id: string): boolean {
  const [, generation = '9', minor = '0', kind = ''] = /^gemini-(\d+)(?:\.(\d+))?-([a-z]+(?:-lite)?)/u.exec(id) ?? [];
  if (kind === 'flash-lite') return true;
  return kind === 'flash' && (Number(generation) < 3 || (Number(generation) === 3 && Number(minor) < 7));
}

const catalog: readonly { readonly id: string; readonly limits: ModelLimits }[] = [
  { id: 'gemini-3.8-flash', limits: { name: 'Gemini 3.8 Flash', inputTokens: 1_048_576, outputTokens: 65_536 } },
  { id: 'gemini-3.5-flash-lite', limits: { name: 'Gemini 3.5 Flash-Lite', inputTokens: 1_048_576, outputTokens: 65_536 } },
  { id: 'gemini-2.5-pro', limits: { name: 'Gemini 2.5 Pro', inputTokens: 1_048_576, outputTokens: 65_536 } },
  { id: 'gemini-2.5-flash', limits: { name: 'Gemini 2.5 Flash', inputTokens: 1_048_576, outputTokens: 65_536 } },
];

export function describeModel(id: string, limits: ModelLimits, source: ModelInfo['source']): ModelInfo {
  const facts = factsOf(id);
  const { name = id, inputTokens, outputTokens, maxTemperature = 2, temperature = 1, canThink = facts.thinking !== 'none' } = limits;
  const steersThinking = canThink && facts.thinking !== 'none';
  return {
    id,
    name,
    kind: 'chat',
    capabilities: {
      tools: !facts.isPlain && !id.includes('-image'),
      vision: isMultimodal(id),
      jsonSchema: !facts.isPlain && !id.includes('-image'),
      reasoning: canThink,
    },
    parameters: {
      temperature: { min: 0, max: maxTemperature, step: 0.1, default: temperature },
      topP: { min: 0, max: 1, step: 0.05 },
      maxOutputTokens: { min: 1, max: outputTokens ?? 65_536 },
      seed: true,
      stop: true,
      reasoningEffort: steersThinking ? ['off', 'low', 'medium', 'high'] : undefined,
    },
    files: filesOf(id),
    contextWindow: inputTokens,
    source,
  };
}

const isMultimodal = (id: string): boolean => id.startsWith('gemini-') || /^gemma-(?:3-(?!1b)|[4-9])/u.test(id);

/** Files go inside the request, which has at most 20 MB as base64. */
const maxBytes = 14_000_000;
const fileTypes: Readonly<Record<FileKind, readonly string[]>> = {
  image: ['image/png', 'image/jpeg', 'image/webp', 'image/heic', 'image/heif'],
  document: ['application/pdf', 'text/plain', 'text/markdown', 'text/csv', 'text/html'],
  audio: ['audio/wav', 'audio/mp3', 'audio/mpeg', 'audio/aac', 'audio/ogg', 'audio/flac', 'audio/aiff'],
};

function filesOf(id: string): ModelFiles | undefined {
  if (!isMultimodal(id)) return undefined;
  const kinds: readonly FileKind[] = id.startsWith('gemini-') ? ['image', 'document', 'audio'] : ['image'];
  return { accepts: kinds.map((kind) => ({ kind, mediaTypes: fileTypes[kind], maxBytes })), maxTotalBytes: maxBytes };
}

/** Whether a file of this type may go with a question. */
export function takesFile(id: string, mediaType: string): boolean {
  return filesOf(id)?.accepts.some(({ mediaTypes }) => mediaTypes.includes(mediaType)) ?? false;
}

export function listCatalog(): readonly ModelInfo[] {
  return catalog.map(({ id, limits }) => describeModel(id, limits, 'catalog'));
}
