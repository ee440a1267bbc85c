import { Drawer } from '@base-ui/react/drawer';
import { Popover } from '@base-ui/react/popover';
import { Plus, X } from 'lucide-react';
import { type RefObject, useEffect, useRef } from 'react';
import { useNavigate } from 'react-router';
import { narrowQuery, useMediaQuery } from '../../ui/use-media-query.ts';
import type { OpenMenu } from '../../ui/use-menu-button.ts';
import { isLayerOpen } from '../commands/open-layers.ts';
import { useTexts } from '../preferences/use-texts.ts';
import { ModelFinder } from './model-finder.tsx';
import { useModels } from './use-models.ts';
import { type SilentProvider, useProviderReasons } from './use-provider-reasons.ts';

export interface ModelPopupProps {
  readonly menu: OpenMenu;
  readonly title: string;
  /** The one that is chosen now; absent where the list is of whom else to ask. */
  readonly chosenId?: string | undefined;
  readonly onChoose: (id: string) => void;
}

/** The list of models beside its button, or a sheet on phones. */
export function ModelPopup(props: ModelPopupProps) {
  return useMediaQuery(narrowQuery) ? <ModelSheet {...props} /> : <ModelPopover {...props} />;
}

/** Unless something else was opened while it was closing: that has the focus now. */
const backTo = ({ current }: RefObject<HTMLButtonElement | null>) => (isLayerOpen() ? false : (current ?? true));

/** A keyboard that rises over the list is only in the way of those who came to look. */
const startOf = (field: RefObject<HTMLElement | null>, list: RefObject<HTMLElement | null>) =>
  (window.matchMedia('(pointer: coarse)').matches ? undefined : field.current) ?? list.current;

function ModelPopover({ menu, title, ...rest }: ModelPopupProps) {
  const { anchor, isOpen, onClose, onClosed } = menu;
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  return (
    <Popover.Root
      open={isOpen}
      modal
      onOpenChange={(isNowOpen) => !isNowOpen && onClose()}
      onOpenChangeComplete={(isNowOpen) => !isNowOpen && onClosed()}
    >
      <Popover.Portal>
        <Popover.Positioner anchor={anchor} sideOffset={6} align="end" collisionPadding={8} className="z-40">
          <Popover.Popup className="model-popup" initialFocus={() => startOf(field, list) ?? true} finalFocus={() => backTo(anchor)}>
            <Popover.Title className="sr-only">{title}</Popover.Title>
            <ModelChoices {...rest} field={field} list={list} onClose={onClose} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function ModelSheet({ menu, title, ...rest }: ModelPopupProps) {
  const t = useTexts();
  const { anchor, isOpen, onClose, onClosed } = menu;
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  return (
    <Drawer.Root
      open={isOpen}
      onOpenChange={(isNowOpen) => !isNowOpen && onClose()}
      onOpenChangeComplete={(isNowOpen) => !isNowOpen && onClosed()}
      swipeDirection="down"
    >
      <Drawer.Portal>
        <Drawer.Backdrop className="drawer-backdrop" />
        <Drawer.Viewport className="model-sheet-viewport">
          <Drawer.Popup
            className="settings-sheet model-sheet"
            initialFocus={() => startOf(field, list) ?? true}
            finalFocus={() => backTo(anchor)}
          >
            <span aria-hidden className="settings-sheet-handle" />
            <div className="model-sheet-head">
              <Drawer.Title className="min-w-0 flex-1 font-semibold">{title}</Drawer.Title>
              <Drawer.Close className="icon-button" aria-label={t.close()}>
                <X size={18} aria-hidden />
              </Drawer.Close>
            </div>
            <ModelChoices {...rest} field={field} list={list} onClose={onClose} />
          </Drawer.Popup>
        </Drawer.Viewport>
      </Drawer.Portal>
    </Drawer.Root>
  );
}

interface ModelChoicesProps extends Pick<ModelPopupProps, 'chosenId' | 'onChoose'> {
  readonly field: RefObject<HTMLInputElement | null>;
  readonly list: RefObject<HTMLDivElement | null>;
  readonly onClose: () => void;
}

function ModelChoices({ chosenId, onChoose, field, list, onClose }: ModelChoicesProps) {
  const t = useTexts();
  const navigate = useNavigate();
  const { models, isFailed, isLoading, retry } = useModels();
  const { reasons, silent } = useProviderReasons(models, true);
  const hasModels = models.length > 0;
  const hadModels = useRef(hasModels);
  // Opened before they were there: the focus was somewhere else then.
  useEffect(() => {
    if (hasModels && !hadModels.current) startOf(field, list)?.focus();
    hadModels.current = hasModels;
  }, [hasModels, field, list]);
  const choose = (id: string) => {
    onChoose(id);
    onClose();
  };
  const open = (place: string) => {
    onClose();
    void navigate(`/settings/providers${place}`);
  };
  return (
    <>
      <ModelFinder
        models={models}
        chosenId={chosenId}
        reasons={reasons}
        field={field}
        list={list}
        onChoose={choose}
        onOpenProviders={() => open('')}
      />
      {models.length === 0 && (
        <ListState text={isFailed ? t.models_failed() : isLoading ? t.loading() : t.models_empty()} retry={isFailed ? retry : undefined} />
      )}
      <div className="model-foot">
        {silent.map((provider) => (
          <SilentRow key={provider.slug} provider={provider} onOpen={() => open(`/${provider.slug}`)} />
        ))}
        <button type="button" className="menu-item model-foot-button" onClick={() => open('/new')}>
          <Plus size={16} aria-hidden />
          {t.provider_connect()}
        </button>
      </div>
    </>
  );
}

function ListState({ text, retry }: { readonly text: string; readonly retry: (() => void) | undefined }) {
  const t = useTexts();
  return (
    <div className="model-nothing" role={retry ? 'alert' : undefined}>
      <p>{text}</p>
      {retry && (
        <button type="button" className="button button-quiet" onClick={retry}>
          {t.retry()}
        </button>
      )}
    </div>
  );
}

/** A provider that has no models to show, and why; a press leads to where that is mended. */
function SilentRow({ provider, onOpen }: { readonly provider: SilentProvider; readonly onOpen: () => void }) {
  return (
    <button type="button" className="menu-item model-foot-button items-start" onClick={onOpen}>
      <span className="state-dot mt-1.75" data-state="failing" />
      <span className="min-w-0 flex-1">
        <span className="block">{provider.displayName}</span>
        <span className="block text-xs text-muted">{provider.reason}</span>
      </span>
    </button>
  );
}
