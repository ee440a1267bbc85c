export { aiSdk } from './ai-sdk/ai-sdk.ts';
export { anthropic } from './anthropic/anthropic.ts';
export { demo } from './demo/demo.ts';
export { gigachat } from './gigachat/gigachat.ts';
export { google } from './google/google.ts';
export { openaiCompatible } from './openai-compatible/openai-compatible.ts';
export { builtinProviders } from './registry.ts';
export { yandexgpt } from './yandexgpt/yandexgpt.ts';
