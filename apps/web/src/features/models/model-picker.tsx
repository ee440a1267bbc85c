import { lazy, Suspense } from 'react';
import type { Conversation } from '../../state/conversation.ts';
import { loadPart } from '../../ui/load-part.ts';
import { ModelButton } from './model-button.tsx';

const menu = loadPart(() => import('./model-picker-menu.tsx'));
const ModelPickerMenu = lazy(async () => ({ default: (await menu).ModelPickerMenu }));

/** Which model answers next. */
export function ModelPicker({ conversation }: { readonly conversation: Conversation }) {
  return (
    <Suspense fallback={<ModelButton conversation={conversation} disabled />}>
      <ModelPickerMenu conversation={conversation} />
    </Suspense>
  );
}
