import { useServices } from '../../app/services-context.ts';
import type { Conversation } from '../../state/conversation.ts';
import { modelName } from '../models/choose-model.ts';
import { useModels } from '../models/use-models.ts';
import { useTexts } from '../preferences/use-texts.ts';

/** Copies the shown branch from its beginning, however long it is. */
export function useCopyChat(conversation: Conversation): (format: 'markdown' | 'text') => void {
  const t = useTexts();
  const { client, notices, preferences } = useServices();
  const { models } = useModels();
  return (format) => {
    void import('./copy-chat.ts').then(
      ({ copyChat }) =>
        copyChat({
          client,
          notices,
          conversation,
          format,
          language: preferences.getState().language,
          modelName: ({ model, provider }) => modelName(models, model, provider),
        }),
      () => notices.failure(t.chat_copy_failed()),
    );
  };
}
