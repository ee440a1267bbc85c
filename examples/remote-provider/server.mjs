// A provider that is a service of its own: three addresses, no package. Try it: `node server.mjs`, then `mmc plugin test http://localhost:9000`.
import { createServer } from 'node:http';
import process from 'node:process';

const port = Number(process.env.PORT ?? 9000);
/** Absent: everybody may ask. */
const token = process.env.TOKEN;
const models = [{ id: 'parrot', name: 'Parrot', contextWindow: 8000, parameters: { temperature: { min: 0, max: 1 } } }];

const server = createServer(async (request, response) => {
  if (token && request.headers.authorization !== `Bearer ${token}`) return refuse(response, 401, 'auth', 'This token is not known here');
  switch (`${request.method} ${request.url}`) {
    case 'GET /manifest':
      return answer(response, { protocol: 1, name: 'Parrot' });
    case 'GET /models':
      return answer(response, { models });
    case 'POST /stream':
      return stream(await readJson(request), response);
    default:
      return refuse(response, 404, 'invalid_request', 'There is no such address');
  }
});

/** One event a line; the last one is `finish`, or `error`. */
async function stream(question, response) {
  if (question === undefined) return refuse(response, 400, 'invalid_request', 'The body is not JSON');
  if (!models.some(({ id }) => id === question.model))
    return refuse(response, 404, 'model_not_found', `There is no model ${question.model}`);
  const text = question.messages
    .at(-1)
    .parts.map((part) => part.text ?? '')
    .join('');
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  for (const word of text.split(/(?<=\s)/)) {
    // Who stops reading closes the connection: that is how an answer is stopped.
    if (response.destroyed) return;
    response.write(`${JSON.stringify({ type: 'text-delta', text: word })}\n`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const usage = { inputTokens: Math.ceil(text.length / 3), outputTokens: Math.ceil(text.length / 3) };
  response.end(`${JSON.stringify({ type: 'finish', reason: 'stop', usage })}\n`);
}

async function readJson(request) {
  let body = '';
  for await (const piece of request.setEncoding('utf8')) body += piece;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function answer(response, value) {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

function refuse(response, status, code, message) {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error: { code, message } }));
}

server.listen(port, '127.0.0.1', () => process.stdout.write(`A remote provider at http://localhost:${server.address().port}\n`));
