import { Menu } from '@base-ui/react/menu';
import type { ModelDto } from '@multimodel/contract';
import type { ComponentProps } from 'react';
import { MenuSurface } from '../../ui/menu-surface.tsx';
import { useMenuButton } from '../../ui/use-menu-button.ts';
import { groupByProvider } from '../models/choose-model.ts';

interface ModelMenuButtonProps extends Omit<ComponentProps<'button'>, 'type'> {
  readonly models: readonly ModelDto[];
  readonly choose: (model: string) => void;
}

/** A button with the list of whom to ask instead. */
export function ModelMenuButton({ models, choose, ...rest }: ModelMenuButtonProps) {
  const { button, menu } = useMenuButton();
  return (
    <>
      <button {...rest} {...button} type="button" />
      {menu && (
        <MenuSurface menu={menu} className="model-menu">
          {groupByProvider(models).map((group) => (
            <Menu.Group key={group.provider}>
              <Menu.GroupLabel className="menu-label">{group.name}</Menu.GroupLabel>
              {group.models.map(({ id, name, state }) => (
                <Menu.Item key={id} label={name} className="menu-item" onClick={() => choose(id)}>
                  <span className="state-dot" data-state={state} />
                  <span className="truncate">{name}</span>
                </Menu.Item>
              ))}
            </Menu.Group>
          ))}
        </MenuSurface>
      )}
    </>
  );
}
