import { Toast } from '@base-ui/react/toast';
import type { Notices } from '../state/notices.ts';
import type { UndoableActions } from '../state/undoable-actions.ts';

export interface NoticeData {
  readonly onUndo?: (() => void) | undefined;
}
export type NoticeManager = ReturnType<typeof Toast.createToastManager<NoticeData>>;

const undoMs = 8_000;
const failureMs = 6_000;
const doneMs = 2_500;

export function createNotices(undoables: UndoableActions): { manager: NoticeManager; notices: Notices } {
  const manager = Toast.createToastManager<NoticeData>();
  return {
    manager,
    notices: {
      failure: (title) => void manager.add({ title, type: 'failure', timeout: failureMs, priority: 'high' }),
      done: (title) => void manager.add({ title, timeout: doneMs }),
      progress(title, onCancel) {
        let isOver = false;
        const id = manager.add({ title, timeout: 0, onClose: () => void (isOver || onCancel()) });
        const close = () => {
          isOver = true;
          manager.close(id);
        };
        return { update: (next) => manager.update(id, { title: next }), close };
      },
      undoable(title, action) {
        const { undo, commit } = undoables.begin(action);
        const id = manager.add({ title, timeout: undoMs, onClose: commit, data: { onUndo: undoAndClose } });
        function undoAndClose() {
          undo();
          manager.close(id);
        }
      },
    },
  };
}
