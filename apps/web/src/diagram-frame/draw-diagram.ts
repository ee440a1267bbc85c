import mermaid from 'mermaid';
import type { DiagramPicture, DrawRequest } from '../features/markdown/diagram/diagram-protocol.ts';
import { configFor } from './diagram-theme.ts';
import { makeLabelsReadable } from './readable-labels.ts';

/** What has no place in a picture. The page shows it as an image, in which nothing runs or loads anyway. */
const forbidden = 'script, iframe, object, embed, image, audio, video, animate, set, use[href^="http"]';

/** Draws in the document, because it has to be measured there, and leaves nothing behind. */
export async function drawDiagram({ id, source, theme }: DrawRequest): Promise<DiagramPicture> {
  mermaid.initialize(configFor(theme));
  const { svg: markup } = await mermaid.render(`diagram-${id}`, source);
  const parsed = new DOMParser().parseFromString(markup, 'text/html').querySelector('svg');
  if (!parsed) throw new Error('Nothing was drawn');
  clean(parsed);
  const svg = document.adoptNode(parsed);
  document.body.replaceChildren(svg);
  try {
    makeLabelsReadable(svg);
    return pictureOf(svg);
  } finally {
    document.body.replaceChildren();
  }
}

function clean(svg: SVGSVGElement): void {
  for (const element of svg.querySelectorAll(forbidden)) element.remove();
  for (const element of [svg, ...svg.querySelectorAll('*')]) {
    // Copied: the list loses members on the way.
    for (const { name, value } of Array.from(element.attributes)) {
      const isLink = name === 'href' || name === 'xlink:href';
      if (name.startsWith('on') || (isLink && !value.startsWith('#'))) element.removeAttribute(name);
    }
  }
}

function pictureOf(svg: SVGSVGElement): DiagramPicture {
  const { width, height } = sizeOf(svg);
  if (!(width > 0 && height > 0)) throw new Error('The diagram is empty');
  svg.removeAttribute('style');
  svg.setAttribute('width', String(width));
  svg.setAttribute('height', String(height));
  const title = svg.querySelector(':scope > title')?.textContent?.trim() ?? '';
  return {
    svg: new XMLSerializer().serializeToString(svg),
    width: Math.ceil(width),
    height: Math.ceil(height),
    title: title.slice(0, 300),
  };
}

function sizeOf(svg: SVGSVGElement): { readonly width: number; readonly height: number } {
  const { width, height } = svg.viewBox.baseVal;
  if (width > 0 && height > 0) return { width, height };
  return svg.getBoundingClientRect();
}
