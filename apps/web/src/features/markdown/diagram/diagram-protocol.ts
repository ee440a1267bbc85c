/** What the page and the frame that draws diagrams say to each other. Neither believes the other: both look at the shape first. */
export type DiagramTheme = 'light' | 'dark';

export interface DrawRequest {
  readonly type: 'draw';
  readonly id: number;
  readonly source: string;
  readonly theme: DiagramTheme;
}

export interface DiagramPicture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  /** What the diagram itself says it shows; empty when it does not. */
  readonly title: string;
}

export type FrameMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'drawn'; readonly id: number; readonly picture: DiagramPicture }
  | { readonly type: 'refused'; readonly id: number; readonly detail: string };

/** Longer ones are no diagrams for people. */
export const maxSourceCharacters = 20_000;
const maxSvgCharacters = 2_000_000;
const maxSidePx = 20_000;
const maxTextCharacters = 1_000;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
const isText = (value: unknown, limit: number): value is string => typeof value === 'string' && value.length <= limit;
const isSide = (value: unknown): value is number => typeof value === 'number' && value > 0 && value <= maxSidePx;
const isId = (value: unknown): value is number => Number.isSafeInteger(value);

export function readDrawRequest(data: unknown): DrawRequest | undefined {
  if (!isRecord(data) || data['type'] !== 'draw') return undefined;
  const { id, source, theme } = data;
  if (!isId(id) || !isText(source, maxSourceCharacters) || (theme !== 'light' && theme !== 'dark')) return undefined;
  return { type: 'draw', id, source, theme };
}

export function readFrameMessage(data: unknown): FrameMessage | undefined {
  if (!isRecord(data)) return undefined;
  const { type, id } = data;
  if (type === 'ready') return { type };
  if (!isId(id)) return undefined;
  if (type === 'refused') return isText(data['detail'], maxTextCharacters) ? { type, id, detail: data['detail'] } : undefined;
  const picture = type === 'drawn' ? readPicture(data['picture']) : undefined;
  return picture && { type: 'drawn', id, picture };
}

function readPicture(data: unknown): DiagramPicture | undefined {
  if (!isRecord(data)) return undefined;
  const { svg, width, height, title } = data;
  if (!isText(svg, maxSvgCharacters) || !svg.startsWith('<svg') || !isText(title, maxTextCharacters)) return undefined;
  return isSide(width) && isSide(height) ? { svg, width, height, title } : undefined;
}
