import { contrast, parseRgb, type Rgb } from './contrast.ts';

const dark = '#22201d';
const light = '#ffffff';
const readable = 3;

/** Diagrams often bring their own fills, chosen for the other theme: a label that cannot be read on one takes black or white. */
export function makeLabelsReadable(svg: SVGSVGElement): void {
  for (const node of svg.querySelectorAll<SVGGElement>('.node, .cluster, .statediagram-state')) {
    const shape = node.querySelector<SVGElement>('rect, polygon, circle, ellipse, path');
    const fill = shape?.style.fill ? parseRgb(getComputedStyle(shape).fill) : undefined;
    if (fill) for (const text of node.querySelectorAll<SVGElement>('text, tspan')) recolour(text, fill);
  }
}

function recolour(text: SVGElement, fill: Rgb): void {
  const colour = parseRgb(getComputedStyle(text).fill);
  if (!colour || contrast(colour, fill) >= readable) return;
  const isLightFill = contrast(fill, [0, 0, 0]) > contrast(fill, [255, 255, 255]);
  text.style.setProperty('fill', isLightFill ? dark : light, 'important');
}
