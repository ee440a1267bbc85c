import type { Notices } from '../state/notices.ts';
import type { UndoableActions } from '../state/undoable-actions.ts';
import type { NoticeQueue } from './notice-queue.ts';

const undoMs = 8_000;
const failureMs = 6_000;
const doneMs = 2_500;

export function createNotices(queue: NoticeQueue, undoables: UndoableActions): Notices {
  return {
    failure: (title) => void queue.add({ title, type: 'failure', timeout: failureMs, priority: 'high' }),
    done: (title) => void queue.add({ title, timeout: doneMs }),
    progress(title, onCancel) {
      let isOver = false;
      const id = queue.add({ title, timeout: 0, onClose: () => void (isOver || onCancel()) });
      const close = () => {
        isOver = true;
        queue.close(id);
      };
      return { update: (next) => queue.update(id, { title: next }), close };
    },
    undoable(title, action) {
      const { undo, commit } = undoables.begin(action);
      const id = queue.add({ title, timeout: undoMs, onClose: commit, data: { onUndo: undoAndClose } });
      function undoAndClose() {
        undo();
        queue.close(id);
      }
    },
  };
}
