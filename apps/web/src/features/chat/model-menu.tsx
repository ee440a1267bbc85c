import type { ComponentProps } from 'react';
import { useServices } from '../../app/services-context.ts';
import { useMenuButton } from '../../ui/use-menu-button.ts';
import { LateModelPopup } from '../models/late-model-popup.ts';
import { RecentModels } from '../models/recent-models.ts';
import { useTexts } from '../preferences/use-texts.ts';

interface ModelMenuButtonProps extends Omit<ComponentProps<'button'>, 'type'> {
  readonly choose: (model: string) => void;
}

/** A button with the list of whom to ask instead. */
export function ModelMenuButton({ choose, ...rest }: ModelMenuButtonProps) {
  const t = useTexts();
  const { area } = useServices();
  const { button, menu } = useMenuButton();
  const onChoose = (id: string) => {
    new RecentModels(area).add(id);
    choose(id);
  };
  return (
    <>
      <button {...rest} {...button} aria-haspopup="dialog" type="button" />
      {menu && <LateModelPopup menu={menu} title={t.answer_regenerate_with()} onChoose={onChoose} />}
    </>
  );
}
