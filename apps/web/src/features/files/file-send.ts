import type { ModelDto } from '@multimodel/contract';
import type { FileRefusal } from '@multimodel/contract/file-fit';
import { refuseFiles } from '@multimodel/contract/file-fit';
import type { TrayFile } from '../../state/file-tray.ts';

/** Of each file, why this model would refuse it. Of a model that no list names nothing is known. */
export function refusalsOf(files: readonly TrayFile[], model: ModelDto | undefined): readonly (FileRefusal | undefined)[] {
  if (!model) return files.map(() => undefined);
  const known = files.filter(isJudged);
  const refusals = refuseFiles(
    known.map(({ attachment, mediaType, size }) => attachment ?? { mediaType, size }),
    model.files,
  );
  return files.map((file) => refusals[known.indexOf(file)]);
}

/** Until the server has looked into it, a file is what the browser takes it for; where that says nothing, it is not judged. */
const isJudged = ({ state, attachment, mediaType }: TrayFile): boolean =>
  state !== 'failed' && (attachment !== undefined || mediaType !== '');

/** `blocked`: something has to be done about a file first. */
export type FilesReadiness = 'none' | 'ready' | 'pending' | 'blocked';

export function readinessOf(files: readonly TrayFile[], model: ModelDto | undefined): FilesReadiness {
  if (files.length === 0) return 'none';
  if (files.some(({ state }) => state === 'failed') || refusalsOf(files, model).some((refusal) => refusal)) return 'blocked';
  return files.every(({ state }) => state === 'ready') ? 'ready' : 'pending';
}

const namedModels = 3;

/** Which models take all of these files: those of the same provider first, the demo last. */
export function modelsFor(files: readonly TrayFile[], model: ModelDto, models: readonly ModelDto[]): readonly ModelDto[] {
  const distance = ({ provider, isDemo }: ModelDto): number => (provider === model.provider ? 0 : isDemo ? 2 : 1);
  return models
    .filter((each) => each.id !== model.id && each.state !== 'unconfigured' && refusalsOf(files, each).every((refusal) => !refusal))
    .toSorted((a, b) => distance(a) - distance(b))
    .slice(0, namedModels);
}
