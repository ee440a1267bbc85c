import type { MessageDto } from '@multimodel/contract';
import { ChevronLeft, ChevronRight, type LucideIcon } from 'lucide-react';
import { useStore } from 'zustand';
import { IconButton } from '../../ui/icon-button.tsx';
import { useTexts } from '../preferences/use-texts.ts';
import { useThreadActs } from './thread-acts.ts';

interface StepLook {
  readonly label: string;
  readonly icon: LucideIcon;
}

/** "2/3" with a way to the versions before and after; nothing where there is one only. */
export function BranchSwitch({ message }: { readonly message: MessageDto }) {
  const t = useTexts();
  const { conversation, switchTo } = useThreadActs();
  const isActing = useStore(conversation.store, (state) => state.actingOn !== undefined);
  const { siblings } = message;
  if (!siblings || siblings.count < 2) return null;
  const { index, count, previousId, nextId } = siblings;
  const button = (step: 'previous' | 'next', otherId: string | undefined, { label, icon: Icon }: StepLook) => (
    <IconButton
      label={label}
      size="small"
      data-step={step}
      aria-disabled={otherId === undefined || isActing}
      onClick={() => otherId !== undefined && !isActing && switchTo(message.id, otherId)}
    >
      <Icon size={15} aria-hidden />
    </IconButton>
  );
  return (
    <fieldset className="branch-switch" aria-label={t.branch_label({ index: index + 1, count })}>
      {button('previous', previousId, { label: t.branch_previous(), icon: ChevronLeft })}
      <span aria-hidden>
        {index + 1}/{count}
      </span>
      {button('next', nextId, { label: t.branch_next(), icon: ChevronRight })}
    </fieldset>
  );
}
