import { z } from 'zod';
import { statusByCode } from '../error-response.ts';

const contentSchema = z.record(z.string(), z.object({ schema: z.unknown() }));
const operationSchema = z.object({
  operationId: z.string(),
  summary: z.string().default(''),
  tags: z.array(z.string()).default([]),
  parameters: z
    .array(z.object({ name: z.string(), in: z.string(), required: z.boolean().default(false), schema: z.unknown() }))
    .default([]),
  requestBody: z.object({ content: contentSchema }).optional(),
  responses: z.record(z.string(), z.object({ description: z.string().default(''), content: contentSchema.optional() })),
});
const documentSchema = z.object({
  info: z.object({ title: z.string(), description: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
});
type Operation = z.output<typeof operationSchema>;

/** The OpenAPI document as one page without a script. */
export function renderDocsPage(input: unknown): string {
  const { info, paths, components } = documentSchema.parse(input);
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const tags = [...new Set(operations.flatMap(({ operation }) => operation.tags))];
  const groups = tags.map((tag) => {
    const members = operations.filter(({ operation }) => operation.tags.includes(tag));
    return `<h2>${toHtml(tag)}</h2>${members.map(renderOperation).join('')}`;
  });
  const shapes = Object.entries(components.schemas).map(
    ([name, schema]) => `<section id="schema-${toHtml(name)}"><h3>${toHtml(name)}</h3>${json(schema)}</section>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${toHtml(info.title)}: API</title>
<link rel="stylesheet" href="/api/docs.css">
<h1>${toHtml(info.title)}: API</h1>
<p>${toHtml(info.description)}</p>
<p>For programs: <a href="/api/openapi.json">openapi.json</a> (OpenAPI 3.1). Writes take an <code>Idempotency-Key</code>; lists are read with <code>cursor</code> and <code>limit</code>.</p>
${groups.join('\n')}
<h2>Errors</h2>
${errorTable()}
<h2>Schemas</h2>
${shapes.join('\n')}
</html>
`;
}

function renderOperation({ path, method, operation }: { path: string; method: string; operation: Operation }): string {
  const { operationId, summary, parameters, requestBody, responses } = operation;
  const parameterRows = parameters.map(({ name, in: place, required, schema }) =>
    row([code(name), place + (required ? ', required' : ''), code(JSON.stringify(schema))]),
  );
  const bodies = Object.values(requestBody?.content ?? {}).map(({ schema }) => `<details><summary>Body</summary>${json(schema)}</details>`);
  const responseRows = Object.entries(responses).map(([status, { description, content }]) =>
    row([code(status), toHtml(description), contents(content)]),
  );
  return `<section id="${toHtml(operationId)}">
<h3><b>${method.toUpperCase()}</b>${toHtml(path)}</h3>
<p>${toHtml(summary)}</p>
${parameterRows.length > 0 ? `<table>${parameterRows.join('')}</table>` : ''}
${bodies.join('')}
<details><summary>Answers</summary><table>${responseRows.join('')}</table></details>
</section>`;
}

function contents(content: z.output<typeof contentSchema> | undefined): string {
  return Object.entries(content ?? {})
    .map(([type, { schema }]) => `${code(type)} ${reference(schema)}`)
    .join('<br>');
}

function reference(schema: unknown): string {
  const parsed = z.object({ $ref: z.string() }).safeParse(schema);
  const name = parsed.success ? parsed.data.$ref.split('/').at(-1) : undefined;
  return name === undefined ? '' : `<a href="#schema-${toHtml(name)}">${toHtml(name)}</a>`;
}

function errorTable(): string {
  const rows = Object.entries(statusByCode).map(([name, status]) => `<tr id="error-${name}"><td>${code(name)}</td><td>${status}</td></tr>`);
  return `<table><tr><th>code</th><th>status</th></tr>${rows.join('')}</table>`;
}

const row = (cells: readonly string[]): string => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
const code = (text: string): string => `<code>${toHtml(text)}</code>`;
const json = (value: unknown): string => `<pre>${toHtml(JSON.stringify(value, undefined, 2))}</pre>`;

function toHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
