import { latePart } from '../../ui/late-part.ts';

/** The list of models is looked at after the first message is there. */
export const LateModelPopup = latePart(async () => (await import('./model-popup.tsx')).ModelPopup);
void LateModelPopup.fetch();
