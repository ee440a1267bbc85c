import { createElement, type ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { latePart } from './late-part.ts';

interface NameProps {
  readonly name: string;
}

const Greeting = ({ name }: NameProps): ReactNode => `Hello, ${name}`;
const Skeleton = ({ name }: NameProps): ReactNode => `${name}…`;

test('a part that is there is drawn at once, without its fallback in between', async () => {
  const Part = latePart(() => Promise.resolve(Greeting), Skeleton);
  const draw = () => renderToStaticMarkup(createElement(Part, { name: 'Ada' }));
  expect(draw()).toBe('Ada…');
  await Part.fetch();
  expect(draw()).toBe('Hello, Ada');
});

test('until then there is nothing where no fallback is named', () => {
  const Part = latePart(() => Promise.resolve(Greeting));
  expect(renderToStaticMarkup(createElement(Part, { name: 'Ada' }))).toBe('');
});

test('a part is fetched once, however many ask for it', async () => {
  let fetches = 0;
  const Part = latePart(() => {
    fetches += 1;
    return Promise.resolve(Greeting);
  });
  await Promise.all([Part.fetch(), Part.fetch()]);
  expect(fetches).toBe(1);
});
