import { useQuery } from '@tanstack/react-query';
import { Paperclip } from 'lucide-react';
import { useServices } from '../../app/services-context.ts';
import type { Conversation } from '../../state/conversation.ts';
import { useModelChoice } from '../models/use-models.ts';
import { useLanguage, useTexts } from '../preferences/use-texts.ts';
import { acceptedText } from './file-texts.ts';

/** Says what may be dropped, while something is held over the page. */
export function DropOverlay({ conversation }: { readonly conversation: Conversation }) {
  const t = useTexts();
  const language = useLanguage();
  const { model } = useModelChoice(conversation);
  const { client } = useServices();
  const { data: limits } = useQuery({
    queryKey: ['attachment-limits'],
    queryFn: ({ signal }) => client.attachments.limits({ signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <div className="drop-overlay" aria-hidden>
      <div className="drop-card">
        <Paperclip size={28} />
        <p className="drop-title">{t.files_drop()}</p>
        {model && <p className="text-muted">{acceptedText(model, language, limits?.maxBytes)}</p>}
      </div>
    </div>
  );
}
