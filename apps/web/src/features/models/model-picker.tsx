import type { Conversation } from '../../state/conversation.ts';
import { useMenuButton } from '../../ui/use-menu-button.ts';
import { useTexts } from '../preferences/use-texts.ts';
import { LateModelPopup } from './late-model-popup.ts';
import { ModelButton } from './model-button.tsx';
import { useChooseModel } from './use-choose-model.ts';
import { useModelChoice } from './use-models.ts';

/** Which model answers next. */
export function ModelPicker({ conversation }: { readonly conversation: Conversation }) {
  const t = useTexts();
  const { button, menu } = useMenuButton();
  const { id } = useModelChoice(conversation);
  const choose = useChooseModel(conversation);
  return (
    <>
      <ModelButton conversation={conversation} {...button} aria-haspopup="dialog" />
      {menu && <LateModelPopup menu={menu} title={t.model_label()} chosenId={id} onChoose={choose} />}
    </>
  );
}
