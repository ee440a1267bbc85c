export interface GoogleModel {
  readonly id: string;
  readonly name: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly methods: readonly string[];
  /** How thinking is steered. */
  readonly thinking: 'level' | 'budget' | 'none';
  readonly leastBudget?: number;
  /** Knows neither instructions nor tools nor formats. */
  readonly isPlain?: boolean;
  /** Draws: every answer holds a picture. */
  readonly isPainter?: boolean;
}

const chat = { inputTokens: 1_048_576, outputTokens: 65_536, methods: ['generateContent', 'countTokens'], thinking: 'none' } as const;

export const googleModels: readonly GoogleModel[] = [
  { ...chat, id: 'gemini-3.8-flash', name: 'Gemini 3.8 Flash', thinking: 'level' },
  { ...chat, id: 'gemini-3.5-flash-lite', name: 'Gemini 3.5 Flash-Lite', thinking: 'level' },
  { ...chat, id: 'gemini-2.5-pro', name: 'Gemini 2.5 Pro', thinking: 'budget', leastBudget: 128 },
  { ...chat, id: 'gemini-2.5-flash', name: 'Gemini 2.5 Flash', thinking: 'budget' },
  { ...chat, id: 'gemini-2.5-flash-image', name: 'Nano Banana', inputTokens: 32_768, outputTokens: 32_768, isPainter: true },
  { ...chat, id: 'gemma-3-27b-it', name: 'Gemma 3 27B', inputTokens: 131_072, outputTokens: 8192, isPlain: true },
  { ...chat, id: 'gemini-2.5-flash-preview-tts', name: 'Gemini 2.5 Flash TTS', inputTokens: 8192, outputTokens: 16_384 },
  { ...chat, id: 'gemini-embedding-001', name: 'Gemini Embedding', inputTokens: 2048, outputTokens: 1, methods: ['embedContent'] },
];

export function describeGoogleModel({ id, name, inputTokens, outputTokens, methods, thinking }: GoogleModel): unknown {
  return {
    name: `models/${id}`,
    version: '001',
    displayName: name,
    description: `Simulated ${name}`,
    inputTokenLimit: inputTokens,
    outputTokenLimit: outputTokens,
    supportedGenerationMethods: methods,
    temperature: 1,
    topP: 0.95,
    topK: 64,
    maxTemperature: 2,
    ...(thinking === 'none' ? {} : { thinking: true }),
  };
}
