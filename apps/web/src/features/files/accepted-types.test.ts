import { expect, test } from 'vitest';
import { acceptedTypes } from './accepted-types.ts';

test('the chooser shows what the model takes and texts; of a model without files everything, for another one may take it', () => {
  const accepts = [{ kind: 'image' as const, mediaTypes: ['image/png', 'image/jpeg'], maxBytes: 1 }];
  expect(acceptedTypes({ accepts })).toMatch(/^image\/png,image\/jpeg,text\/\*,\.md/);
  expect(acceptedTypes(undefined)).toBe('');
});
