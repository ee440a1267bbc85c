import { ProviderError } from '@multimodel/core';
import { createProviderError } from '@multimodel/provider-sdk';
import { z } from 'zod';
import { callJson, type JsonCaller } from '../shared/call-json.ts';

/** Knows the folder of the account, or finds it out. */
export interface FolderSource {
  get(signal: AbortSignal): Promise<string>;
}

/** A folder that exists nowhere: the vendor names the right one when it refuses this one. */
const noFolder = 'b1g00000000000000000';

export function fixedFolder(folderId: string): FolderSource {
  return { get: () => Promise.resolve(folderId) };
}

/** Asks the free tokenizer once; errors are not kept. */
export function discoveredFolder(caller: JsonCaller): FolderSource {
  let known: string | undefined;
  return {
    async get(signal) {
      known ??= await discover(caller, signal);
      return known;
    },
  };
}

async function discover(caller: JsonCaller, signal: AbortSignal): Promise<string> {
  const body = { modelUri: `gpt://${noFolder}/yandexgpt-lite`, text: 'a' };
  try {
    await callJson(caller, { method: 'POST', path: '/foundationModels/v1/tokenize', body, schema: z.unknown(), signal });
  } catch (error) {
    const rightFolder = error instanceof ProviderError ? error.details['rightFolder'] : undefined;
    if (typeof rightFolder === 'string') return rightFolder;
    throw error;
  }
  // The token of a person is not bound to a folder, so nothing can be learned from it.
  throw createProviderError(
    'permission',
    {
      ru: 'По этому ключу каталог не узнать: впишите идентификатор каталога (b1g…) в поле folderId',
      en: 'This credential does not tell its folder: put the id of the folder (b1g…) into the setting folderId',
    },
    {
      providerId: caller.providerId,
    },
  );
}
