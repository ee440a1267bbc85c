import type { Socket } from 'node:net';
import { AppError, type Localized } from '@multimodel/core';
import type { ConnectionError, FastifyReply, FastifyRequest } from 'fastify';
import { problemHeaders, toAppError, toProblem } from '../error-response.ts';
import { faultTexts } from '../fault-texts.ts';
import { readerOf } from './language.ts';
import { securityHeaders } from './security-headers.ts';
import { statusName } from './status-names.ts';

/** Whatever was thrown, as a problem in the reader's language. */
export function sendError(
  thrown: unknown,
  request: Pick<FastifyRequest, 'id' | 'log' | 'headers'>,
  reply: Pick<FastifyReply, 'code'>,
): void {
  const error = toAppError(thrown);
  const language = readerOf(request);
  const problem = toProblem(error, request.id, language);
  if (problem.status >= 500) request.log.error({ err: error, code: error.code }, 'request failed');
  else request.log.debug({ code: error.code }, 'request refused');
  reply.code(problem.status).headers(problemHeaders(problem, language)).serializer(JSON.stringify).send(problem);
}

/** What is not even HTTP has no request to answer to, only a socket. */
export function answerBrokenRequest(error: Pick<ConnectionError, 'code'>, socket: Socket, requestId: string): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, message] = brokenRequests[error.code] ?? [400, faultTexts.notHttp];
  const problem = { ...toProblem(new AppError('invalid_request', message), requestId), status, title: statusName(status) };
  const body = JSON.stringify(problem);
  const headers = {
    ...securityHeaders,
    ...problemHeaders(toProblem(new AppError('invalid_request', message), requestId)),
    'x-request-id': requestId,
  };
  const lines = Object.entries({ ...headers, 'content-length': String(Buffer.byteLength(body)), connection: 'close' }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  socket.end(`HTTP/1.1 ${status} ${statusName(status)}\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
}

const brokenRequests: Readonly<Record<string, readonly [number, Localized]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, faultTexts.tooSlow],
  HPE_HEADER_OVERFLOW: [431, faultTexts.headersTooLarge],
};
