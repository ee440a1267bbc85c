export { DropOverlay } from './drop-overlay.tsx';
export { MessageFiles } from './message-files.tsx';
export { TrayView } from './tray-view.tsx';
