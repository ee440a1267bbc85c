import { Readable } from 'node:stream';
import { attachmentLimitsSchema, attachmentSchema, limits, uploadedAttachmentSchema } from '@multimodel/contract';
import { AppError, attachmentTexts, fieldFault, validationFault } from '@multimodel/core';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { actorOf } from '../actor-of.ts';
import { fieldTexts } from '../fault-texts.ts';
import { contentHeaders, etagOf, isKnownContent } from '../http/content-headers.ts';
import { idempotencyHeadersSchema } from '../http/idempotency-key.ts';
import { type Api, type ApiDeps, attachmentIdOf, emptySchema, idParams, problems } from './api.ts';
import { toAttachmentDto } from './attachment-dto.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Its body is a file: of any type, of any length that the service takes, and read piece by piece. */
    isUpload?: boolean;
  }
}

const tags = ['attachments'];

const uploadHeadersSchema = idempotencyHeadersSchema.extend({
  'x-file-name': z.string().max(2_000).optional().meta({ description: 'Name of the file: UTF-8, percent-encoded' }),
});

export function attachmentRoutes(api: Api, deps: ApiDeps): void {
  const { attachments } = deps.services;
  void api.register((scope: Api, _options, done) => {
    uploadRoute(scope, deps);
    done();
  });

  api.get(
    '/api/v1/attachment-limits',
    {
      schema: {
        tags,
        operationId: 'getAttachmentLimits',
        summary: 'Get the largest size and the types of files that this server takes',
        response: { 200: attachmentLimitsSchema, ...problems },
      },
    },
    async () => ({
      maxBytes: attachments.limits.maxBytes,
      maxPerMessage: limits.attachmentsPerMessage,
      mediaTypes: [...attachments.limits.mediaTypes],
    }),
  );

  api.get(
    '/api/v1/attachments/:id',
    {
      schema: {
        tags,
        operationId: 'getAttachment',
        summary: 'Get what is known of a file',
        params: idParams,
        response: { 200: attachmentSchema, ...problems },
      },
    },
    async (request) => toAttachmentDto(await attachments.get(actorOf(request), attachmentIdOf(request.params))),
  );

  contentRoute(api, deps);

  api.delete(
    '/api/v1/attachments/:id',
    {
      schema: {
        tags,
        operationId: 'deleteAttachment',
        summary: 'Delete a file that was not sent',
        params: idParams,
        response: { 204: emptySchema, ...problems },
      },
    },
    async (request, reply) => {
      await attachments.delete(actorOf(request), attachmentIdOf(request.params));
      return reply.code(204).send(null);
    },
  );
}

/** In a scope of its own: bodies of every type are left as they come. */
function uploadRoute(scope: Api, { services: { attachments } }: ApiDeps): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
  scope.post(
    '/api/v1/attachments',
    {
      config: { isUpload: true },
      schema: {
        tags,
        operationId: 'uploadAttachment',
        summary: 'Upload a file for a message; the body is the file itself',
        headers: uploadHeadersSchema,
        response: { 201: uploadedAttachmentSchema, ...problems },
      },
    },
    async (request, reply) => {
      const name = nameOf(request.headers['x-file-name']);
      assertReadable(request, attachments.limits.maxBytes);
      const input = { name, mediaType: request.headers['content-type'], content: bytesOf(request) };
      const made = await attachments.upload(actorOf(request), input, request.headers['idempotency-key']);
      request.log.info({ attachmentId: made.id, mediaType: made.mediaType, size: made.size }, 'file accepted');
      return reply
        .code(201)
        .header('location', `/api/v1/attachments/${made.id}`)
        .send({ ...toAttachmentDto(made), createdAt: made.createdAt });
    },
  );
}

function contentRoute(api: Api, { services: { attachments } }: ApiDeps): void {
  api.get(
    '/api/v1/attachments/:id/content',
    {
      schema: {
        tags,
        operationId: 'getAttachmentContent',
        summary: 'Get the file itself',
        params: idParams,
        response: {
          200: { description: 'The bytes', content: { '*/*': { schema: z.any() } } },
          304: emptySchema,
          ...problems,
        },
      },
    },
    async (request, reply) => {
      const { attachment, content } = await attachments.open(actorOf(request), attachmentIdOf(request.params));
      if (isKnownContent(request.headers['if-none-match'], attachment))
        return reply.code(304).header('etag', etagOf(attachment)).send(null);
      const bytes = Readable.from(await content());
      return reply.code(200).headers(contentHeaders(attachment)).send(bytes);
    },
  );
}

function nameOf(header: string | undefined): string {
  try {
    return decodeURIComponent(header ?? '');
  } catch {
    throw validationFault([fieldFault('x-file-name', fieldTexts.notPercentEncoded)]);
  }
}

/** Before a byte is read. */
function assertReadable({ headers }: Pick<FastifyRequest, 'headers'>, maxBytes: number): void {
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity')
    throw new AppError('unsupported_media_type', fieldTexts.packedUpload, { details: { field: 'content-encoding' } });
  if (Number(headers['content-length'] ?? 0) > maxBytes)
    throw new AppError('payload_too_large', attachmentTexts.tooLarge(maxBytes), { details: { limit: maxBytes } });
}

/** A sender that goes away is no fault of ours. Of a file that is refused half-way the rest is read and forgotten, so that the answer gets through. */
async function* bytesOf({ raw }: FastifyRequest): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* raw.iterator({ destroyOnReturn: false });
  } catch (cause) {
    if (raw.complete) throw cause;
    throw new AppError('cancelled', fieldTexts.uploadCut, { cause });
  } finally {
    raw.resume();
  }
}
