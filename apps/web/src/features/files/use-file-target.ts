import { useEffect } from 'react';
import { useServices } from '../../app/services-context.ts';
import type { FileTray } from '../../state/file-tray.ts';

/** What is dropped or pasted goes here as long as this is shown, and nothing is opened over it. */
export function useFileTarget(tray: FileTray): void {
  const { fileTarget } = useServices();
  useEffect(() => fileTarget.open((files) => tray.add(files)), [fileTarget, tray]);
  useEffect(() => void tray.verify(), [tray]);
}
