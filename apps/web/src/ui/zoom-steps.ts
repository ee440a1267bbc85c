export interface Size {
  readonly width: number;
  readonly height: number;
}

const steps = [0.1, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4, 6, 8];
/** Small things are made larger to be seen, but not absurdly. */
const maxFit = 2;
const marginPx = 48;
const barPx = 60;

/** The scale at which a picture fills the window without being cut. */
export function fitScale(picture: Size, window: Size): number {
  const across = (window.width - marginPx) / picture.width;
  const down = (window.height - barPx - marginPx) / picture.height;
  return Math.max(0.05, Math.min(across, down, maxFit));
}

/** What would be too small to read opens at its own size, to be moved about; the rest as it fits. */
export const firstScale = (fit: number): number | undefined => (fit < 0.6 ? 1 : undefined);

export const zoomIn = (scale: number): number => steps.find((step) => step > scale * 1.01) ?? scale;
export const zoomOut = (scale: number): number => steps.findLast((step) => step < scale * 0.99) ?? scale;
