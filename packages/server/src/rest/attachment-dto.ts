import type { AttachmentDto } from '@multimodel/contract';
import type { AttachmentFacts } from '@multimodel/core';

export function toAttachmentDto({ id, name, mediaType, kind, size, sha256, width, height }: AttachmentFacts): AttachmentDto {
  return { id, name, mediaType, kind, size, sha256, width, height };
}
