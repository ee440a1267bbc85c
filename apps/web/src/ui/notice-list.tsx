import { Toast } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useServices } from '../app/services-context.ts';
import { useTexts } from '../features/preferences/use-texts.ts';
import type { NoticeData } from './notice-queue.ts';
import { narrowQuery, useMediaQuery } from './use-media-query.ts';

export function NoticeList() {
  const { noticeQueue, chats } = useServices();
  const [manager] = useState(() => Toast.createToastManager<NoticeData>());
  // Not before this is there to show them.
  useEffect(() => {
    const detach = noticeQueue.attach(manager);
    chats.resumeClears();
    return detach;
  }, [noticeQueue, manager, chats]);
  const t = useTexts();
  return (
    <Toast.Provider toastManager={manager} limit={3}>
      <Toast.Portal>
        <Toast.Viewport className="notices" aria-label={t.notices_label()}>
          <Notices />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function Notices() {
  const t = useTexts();
  const { toasts } = Toast.useToastManager<NoticeData>();
  // On a phone they come from above: below they would lie on the newest message and on what is being written.
  const awayTo = useMediaQuery(narrowQuery) ? 'up' : 'down';
  return toasts.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} swipeDirection={[awayTo, 'right']} className="notice">
      <Toast.Content className="notice-content">
        <Toast.Title className="min-w-0 flex-1 text-sm" />
        {toast.data?.onUndo && (
          <button type="button" className="notice-action" onClick={toast.data.onUndo}>
            {t.undo()}
          </button>
        )}
        <Toast.Close className="notice-close" aria-label={t.dismiss()}>
          <X size={16} aria-hidden />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}
