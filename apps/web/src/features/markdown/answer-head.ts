import { estimateHeight } from './estimate-height.ts';
import { type Definition, type Section, splitSections } from './split-sections.ts';

/** The part of a long answer that is settled when the page first shows it. */
export interface AnswerHead {
  readonly text: string;
  readonly sections: readonly Section[];
  /** The text whose definitions these sections know. */
  readonly knows: string;
}

/** Shorter answers are drawn as a whole. */
const wholeLength = 4_000;

/** What stands at the end and fills the view is drawn with the page; what is above is the head. */
export function splitHead(text: string, viewHeight = heightOfView()): AnswerHead {
  if (text.length < wholeLength) return { text: '', sections: [], knows: text };
  const sections = splitSections(text);
  let count = sections.length;
  for (let height = 0; count > 0 && height < viewHeight; count -= 1) height += estimateHeight(sections[count - 1]?.text ?? '');
  const head = sections.slice(0, count);
  return { text: head.map((section) => section.text).join(''), sections: head, knows: text };
}

const heightOfView = (): number => (typeof window === 'undefined' ? 800 : window.innerHeight);

/** The answer went on and has ended: what it defines now reaches back. Sections that this does not concern stay what they are. */
export function completeHead(head: AnswerHead, text: string): AnswerHead {
  const [first] = splitSections(text);
  const definitions = first?.definitions ?? [];
  const known = new Set(head.sections[0]?.definitions.map(({ line }) => line));
  const added = definitions.filter(({ line }) => !known.has(line));
  const isConcerned = (section: Section): boolean => mentions(section.text, added);
  const sections = head.sections.map((section) => (isConcerned(section) ? { ...section, definitions } : section));
  return { text: head.text, sections, knows: text };
}

export function mentions(text: string, definitions: readonly Definition[]): boolean {
  if (definitions.length === 0 || !text.includes('[')) return false;
  const lower = text.toLowerCase();
  return definitions.some(({ label }) => lower.includes(label));
}
