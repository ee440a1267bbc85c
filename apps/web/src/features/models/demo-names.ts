import type { ModelDto } from '@multimodel/contract';
import { m } from '../../paraglide/messages.js';

/** As the server calls the demo in both languages at once; what a person has named otherwise stays. */
const bilingualName = '\u0414\u0435\u043c\u043e / Demo';
const modelName = 'Guide';

/** The demo is ours: its names are in the language of the page, those of others as their vendors spell them. */
export function providerTitle(displayName: string): string {
  return displayName === bilingualName ? m.demo_provider() : displayName;
}

export function inOwnLanguage(model: ModelDto): ModelDto {
  if (!model.isDemo) return model;
  const name = model.name === modelName ? m.demo_model() : model.name;
  return { ...model, name, providerName: providerTitle(model.providerName) };
}
