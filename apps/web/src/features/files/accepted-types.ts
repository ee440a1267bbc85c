import type { ModelFilesDto } from '@multimodel/contract';

/** Texts go with every model; many systems know no type for these endings. */
const texts = ['text/*', '.md', '.csv', '.tsv', '.json', '.xml', '.yaml', '.yml', '.toml', '.sql', '.log'];

/** For the chooser of the system. With a model that takes no files everything may be chosen: another one may take it. */
export function acceptedTypes(files: ModelFilesDto | undefined): string {
  const types = files?.accepts.flatMap(({ mediaTypes }) => mediaTypes) ?? [];
  return types.length === 0 ? '' : [...types, ...texts].join();
}
