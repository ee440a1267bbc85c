import { Menu } from '@base-ui/react/menu';
import type { ModelDto } from '@multimodel/contract';
import { groupByProvider } from '../models/choose-model.ts';

interface ModelMenuProps {
  readonly models: readonly ModelDto[];
  readonly choose: (model: string) => void;
}

/** The list that opens from a button: whom to ask instead. */
export function ModelMenu({ models, choose }: ModelMenuProps) {
  return (
    <Menu.Portal>
      <Menu.Positioner sideOffset={6} align="end" className="z-40">
        <Menu.Popup className="menu model-menu">
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
        </Menu.Popup>
      </Menu.Positioner>
    </Menu.Portal>
  );
}
