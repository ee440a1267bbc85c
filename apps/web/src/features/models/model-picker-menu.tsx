import { Menu } from '@base-ui/react/menu';
import type { ModelDto } from '@multimodel/contract';
import { Check, Plus } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Conversation } from '../../state/conversation.ts';
import { useTexts } from '../preferences/use-texts.ts';
import { groupByProvider } from './choose-model.ts';
import { ModelButton } from './model-button.tsx';
import { useChooseModel } from './use-choose-model.ts';
import { useModelChoice, useModels } from './use-models.ts';
import { useProviderReasons } from './use-provider-reasons.ts';
import { useStateText } from './use-state-text.ts';

/** A choice in a new chat is also the one for the chats after it. */
export function ModelPickerMenu({ conversation }: { readonly conversation: Conversation }) {
  const t = useTexts();
  const { models, isFailed, isLoading, retry } = useModels();
  const { id } = useModelChoice(conversation);
  const stateText = useStateText();
  const [isOpen, setIsOpen] = useState(false);
  const { reasons, silent } = useProviderReasons(models, isOpen);
  const choose = useChooseModel(conversation);
  return (
    <Menu.Root onOpenChange={setIsOpen}>
      <Menu.Trigger render={<ModelButton conversation={conversation} />} />
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="end" className="z-40">
          <Menu.Popup className="menu model-menu">
            {isFailed && models.length === 0 && <FailedModels retry={retry} />}
            {!isFailed && !isLoading && models.length === 0 && <p className="menu-text">{t.models_empty()}</p>}
            <Menu.RadioGroup value={id ?? ''} onValueChange={choose}>
              {groupByProvider(models).map((group) => (
                <Menu.Group key={group.provider}>
                  <Menu.GroupLabel className="menu-label">{group.name}</Menu.GroupLabel>
                  {group.models.map((item) => (
                    <ModelItem key={item.id} model={item} trouble={reasons.get(item.provider) ?? troubleOf(item, stateText)} />
                  ))}
                </Menu.Group>
              ))}
            </Menu.RadioGroup>
            {silent.map(({ slug, displayName, reason }) => (
              <Menu.Group key={slug}>
                <Menu.GroupLabel className="menu-label">{displayName}</Menu.GroupLabel>
                <ProviderItem slug={slug} reason={reason} />
              </Menu.Group>
            ))}
            <Menu.Separator className="menu-separator" />
            <ConnectItem />
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

const troubleOf = ({ state }: ModelDto, stateText: (state: ModelDto['state']) => string) =>
  state === 'ready' ? undefined : stateText(state);

/** That a model is ready is said by saying nothing. */
function ModelItem({ model, trouble }: { readonly model: ModelDto; readonly trouble: string | undefined }) {
  const t = useTexts();
  const note = model.isDemo ? t.model_demo_note() : trouble;
  return (
    <Menu.RadioItem value={model.id} label={model.name} closeOnClick className="menu-item items-start">
      <span className="state-dot mt-1.75" data-state={model.state} />
      <span className="min-w-0 flex-1">
        <span className="block truncate">{model.name}</span>
        {note && <span className="block text-xs text-muted">{note}</span>}
      </span>
      <Menu.RadioItemIndicator className="mt-0.5">
        <Check size={16} aria-hidden />
      </Menu.RadioItemIndicator>
    </Menu.RadioItem>
  );
}

/** A provider that has no models to show, and why; a press leads to where that is mended. */
function ProviderItem({ slug, reason }: { readonly slug: string; readonly reason: string }) {
  const navigate = useNavigate();
  return (
    <Menu.Item className="menu-item items-start" onClick={() => void navigate(`/settings/providers/${slug}`)}>
      <span className="state-dot mt-1.75" data-state="failing" />
      <span className="min-w-0 flex-1">{reason}</span>
    </Menu.Item>
  );
}

function ConnectItem() {
  const t = useTexts();
  const navigate = useNavigate();
  return (
    <Menu.Item className="menu-item" onClick={() => void navigate('/settings/providers/new')}>
      <Plus size={16} aria-hidden />
      {t.provider_connect()}
    </Menu.Item>
  );
}

function FailedModels({ retry }: { readonly retry: () => void }) {
  const t = useTexts();
  return (
    <>
      <p className="menu-text">{t.models_failed()}</p>
      <Menu.Item className="menu-item" closeOnClick={false} onClick={retry}>
        {t.retry()}
      </Menu.Item>
    </>
  );
}
