import { useState } from 'react';
import { useStore } from 'zustand';
import { latePart } from '../../ui/late-part.ts';
import { filesPart } from './load-files.ts';
import type { TrayViewProps } from './tray-view.tsx';

const TrayView = latePart(async () => (await filesPart()).TrayView);

/** Comes with the first file; stays after the last, so that its going is told. */
export function LateTray(props: TrayViewProps) {
  const hasFiles = useStore(props.tray.store, ({ files }) => files.length > 0);
  const [hasBeen, setHasBeen] = useState(hasFiles);
  if (hasFiles && !hasBeen) setHasBeen(true);
  return hasBeen && <TrayView {...props} />;
}
