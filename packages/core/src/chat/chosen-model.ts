import type { Actor } from '../account/actor.ts';
import type { ModelCatalog } from '../provider/model-catalog.ts';
import type { Storage } from '../shared/storage.ts';
import type { Chat } from './chat.ts';

/** Public name of the model that answers next: asked for, chosen for the chat, own default, or the instance's. Throws when nobody can be asked by it. */
export async function chosenModel(
  { storage, models }: { readonly storage: Storage; readonly models: ModelCatalog },
  actor: Actor,
  chat: Pick<Chat, 'model'>,
  wanted: string | undefined,
): Promise<string> {
  const chosen = wanted ?? chat.model ?? (await storage.read.settings.findByUser(actor.userId))?.defaultModel;
  const model = chosen ?? (await models.defaultModel(actor));
  models.resolve(model);
  return model;
}
