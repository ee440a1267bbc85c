import type { Actor } from '../account/actor.ts';
import { type RefusedFile, refusedFiles } from '../attachment/accepted-files.ts';
import type { AttachmentFacts } from '../attachment/attachment.ts';
import { attachmentTexts } from '../attachment/attachment-texts.ts';
import { AppError } from '../errors/app-error.ts';
import { fieldFault } from '../errors/field-fault.ts';
import type { ModelCatalog, ModelView } from '../provider/model-catalog.ts';

const namedModels = 3;

/** Throws `attachment_not_supported` before anything is sent, with models that would take all of these files. */
export async function assertTakesFiles(
  models: ModelCatalog,
  actor: Actor,
  model: string,
  files: readonly AttachmentFacts[],
): Promise<void> {
  if (files.length === 0) return;
  const refused = refusedFiles(files, (await models.load(model)).info);
  const [first] = refused;
  if (!first) return;
  const others = nearModels(await models.list(actor), model, files);
  const textOf = ({ file, refusal }: RefusedFile<AttachmentFacts>) =>
    attachmentTexts.notTaken({ model, name: file.name, mediaType: file.mediaType, refusal, others });
  throw new AppError('attachment_not_supported', textOf(first), {
    details: { model, models: others, fields: refused.map((each) => fieldFault(`attachments[${each.index}]`, textOf(each))) },
  });
}

/** Those of the same provider first, the demo last. */
function nearModels(models: readonly ModelView[], model: string, files: readonly AttachmentFacts[]): readonly string[] {
  const slug = model.slice(0, model.indexOf('/'));
  const distance = ({ provider, isDemo }: ModelView): number => (provider === slug ? 0 : isDemo ? 2 : 1);
  return models
    .filter((each) => each.kind === 'chat' && each.publicId !== model && refusedFiles(files, each).length === 0)
    .toSorted((a, b) => distance(a) - distance(b))
    .slice(0, namedModels)
    .map(({ publicId }) => publicId);
}
