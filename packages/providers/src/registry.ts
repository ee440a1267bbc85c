import type { ProviderPlugin } from '@multimodel/core';
import { aiSdk } from './ai-sdk/ai-sdk.ts';
import { anthropic } from './anthropic/anthropic.ts';
import { demo } from './demo/demo.ts';
import { gigachat } from './gigachat/gigachat.ts';
import { google } from './google/google.ts';
import { openaiCompatible } from './openai-compatible/openai-compatible.ts';
import { remote } from './remote/remote.ts';
import { yandexgpt } from './yandexgpt/yandexgpt.ts';

/** Every folder beside this file but `shared`, in the order in which they are offered. `registry.test.ts` finds what is missing. */
export const builtinProviders: readonly ProviderPlugin[] = [yandexgpt, gigachat, openaiCompatible, anthropic, google, aiSdk, remote, demo];
