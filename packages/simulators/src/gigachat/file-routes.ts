import type { GigaChatAccount } from './accounts.ts';
import { Refusal, refusalOf } from './errors.ts';
import type { FileKind, StoredFile } from './file-store.ts';
import { type Call, responseHeaders, sendBody, sendJson } from './service.ts';

const mebibyte = 1024 * 1024;

const typesByKind: Readonly<Record<Exclude<FileKind, 'model'>, { readonly limitBytes: number; readonly mimes: readonly string[] }>> = {
  text: {
    limitBytes: 40 * mebibyte,
    mimes: [
      'text/plain',
      'application/msword',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'application/pdf',
      'application/epub',
      'application/ppt',
      'application/pptx',
      'application/vnd.ms-excel',
    ],
  },
  image: { limitBytes: 15 * mebibyte, mimes: ['image/jpeg', 'image/png', 'image/tiff', 'image/bmp'] },
  audio: {
    limitBytes: 35 * mebibyte,
    mimes: [
      'audio/mp4',
      'audio/mp3',
      'audio/mpeg',
      'audio/x-m4a',
      'audio/wav',
      'audio/wave',
      'audio/x-wav',
      'audio/x-pn-wav',
      'audio/webm',
      'audio/x-ogg',
      'audio/opus',
    ],
  },
};

function kindOf(mime: string): Exclude<FileKind, 'model'> | undefined {
  if (typesByKind.text.mimes.includes(mime)) return 'text';
  if (typesByKind.image.mimes.includes(mime)) return 'image';
  return typesByKind.audio.mimes.includes(mime) ? 'audio' : undefined;
}

export async function uploadFile({ exchange, service, member }: Call): Promise<void> {
  const form = await readForm(exchange.bytes, exchange.headers['content-type'] ?? '');
  const file = form.get('file');
  if (!(file instanceof File) || form.get('purpose') !== 'general') throw new Refusal(400, 'Bad request');
  const [mime = ''] = file.type.split(';');
  const kind = kindOf(mime);
  if (kind === undefined) throw new Refusal(400, `File type ${mime} is not supported`);
  if (file.size > typesByKind[kind].limitBytes) throw refusalOf(413);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const clientId = exchange.headers['x-client-id'];
  sendJson(exchange, described(service.files.add({ owner: member.account, clientId, name: file.name, mime, kind, bytes })));
}

async function readForm(bytes: Buffer, contentType: string): Promise<FormData> {
  try {
    return await new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } }).formData();
  } catch {
    throw new Refusal(400, 'Bad request');
  }
}

function described({ id, bytes, createdAt, name, kind }: StoredFile): unknown {
  return {
    id,
    object: 'file',
    bytes: bytes.byteLength,
    created_at: Math.floor(createdAt / 1000),
    filename: name,
    purpose: 'general',
    access_policy: 'private',
    ...(kind === 'image' || kind === 'audio' ? { modalities: [kind] } : {}),
  };
}

export function listFiles({ exchange, service, member }: Call): void {
  sendJson(exchange, { data: service.files.all.filter(({ owner }) => owner === member.account).map(described) });
}

function fileOf({ service }: Call, id: string, owner: GigaChatAccount): StoredFile {
  const file = service.files.find(id, owner);
  if (file === undefined) throw new Refusal(404, `File ${id} not found`);
  return file;
}

export function describeFile(call: Call, id: string): void {
  sendJson(call.exchange, described(fileOf(call, id, call.member.account)));
}

export function downloadFile(call: Call, id: string): void {
  const { exchange, member } = call;
  const { clientId, bytes, mime, name } = fileOf(call, id, member.account);
  if (clientId !== undefined && clientId !== exchange.headers['x-client-id']) throw new Refusal(404, `File ${id} not found`);
  const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(name)}`;
  const headers = {
    ...responseHeaders(exchange, mime === 'image/jpeg' ? 'image/jpg' : 'application/octet-stream'),
    'content-disposition': disposition,
  };
  sendBody(exchange, { status: 200, headers, body: bytes });
}

export function deleteFile(call: Call, id: string): void {
  fileOf(call, id, call.member.account);
  call.service.files.remove(id);
  sendJson(call.exchange, { id, object: 'file', deleted: true, access_policy: 'private' });
}
