import { useStore } from 'zustand';
import { useServices } from '../../app/services-context.ts';
import type { Conversation } from '../../state/conversation.ts';
import { latePart } from '../../ui/late-part.ts';
import { filesPart } from './load-files.ts';

const DropOverlay = latePart(async () => (await filesPart()).DropOverlay);

export function LateDropOverlay({ conversation }: { readonly conversation: Conversation }) {
  const isDragging = useStore(useServices().fileTarget.store, (state) => state.isDragging);
  return isDragging && <DropOverlay conversation={conversation} />;
}
