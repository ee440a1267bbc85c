import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../testing/test-application.ts';

interface Operation {
  readonly operationId: string;
  readonly responses: Record<string, { readonly description: string; readonly content?: Record<string, unknown> }>;
}

let server: TestApplication;
let document: { openapi: string; paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, unknown> } };
beforeAll(async () => {
  server = await openTestApplication();
  document = (await server.call('GET', '/api/openapi.json')).json();
});
afterAll(() => server[Symbol.asyncDispose]());

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

test('every route of the API is described', () => {
  expect(document.openapi).toBe('3.1.0');
  expect(
    operations()
      .map(({ path, method, operation }) => `${method.toUpperCase()} ${path} ${operation.operationId}`)
      .sort(),
  ).toMatchInlineSnapshot(`
    [
      "DELETE /api/v1/attachments/{id} deleteAttachment",
      "DELETE /api/v1/chats/{id} deleteChat",
      "DELETE /api/v1/chats/{id}/messages clearChat",
      "DELETE /api/v1/providers/{id} deleteProvider",
      "GET /api/v1/attachment-limits getAttachmentLimits",
      "GET /api/v1/attachments/{id} getAttachment",
      "GET /api/v1/attachments/{id}/content getAttachmentContent",
      "GET /api/v1/chats listChats",
      "GET /api/v1/chats/{id} getChat",
      "GET /api/v1/chats/{id}/messages listMessages",
      "GET /api/v1/models listModels",
      "GET /api/v1/provider-plugins listProviderPlugins",
      "GET /api/v1/providers listProviders",
      "GET /api/v1/providers/{id} getProvider",
      "GET /api/v1/runs/{id} getRun",
      "GET /api/v1/runs/{id}/events watchRun",
      "GET /api/v1/settings getSettings",
      "PATCH /api/v1/chats/{id} updateChat",
      "PATCH /api/v1/providers/{id} updateProvider",
      "PATCH /api/v1/settings updateSettings",
      "POST /api/v1/attachments uploadAttachment",
      "POST /api/v1/chats createChat",
      "POST /api/v1/chats/{id}/context forecastContext",
      "POST /api/v1/chats/{id}/messages sendMessage",
      "POST /api/v1/chats/{id}/messages/{messageId}/continue continueMessage",
      "POST /api/v1/chats/{id}/messages/{messageId}/regenerate regenerateMessage",
      "POST /api/v1/context forecastNewChat",
      "POST /api/v1/plugins/{id}/trust trustPluginRoot",
      "POST /api/v1/providers createProvider",
      "POST /api/v1/providers/test testProvider",
      "POST /api/v1/providers/{id}/test testStoredProvider",
      "POST /api/v1/runs/{id}/stop stopRun",
    ]
  `);
  for (const { path, method } of operations()) {
    expect(server.app.hasRoute({ method: method.toUpperCase() as 'GET', url: path.replaceAll(/\{(\w+)\}/g, ':$1') })).toBe(true);
  }
});

test('every operation has its problems', () => {
  for (const { operation } of operations()) {
    for (const status of ['4XX', '5XX']) {
      expect(operation.responses[status]?.content).toEqual({
        'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
      });
    }
    expect(JSON.stringify(operation)).not.toContain('Default Response');
  }
});

test('every reference leads somewhere, and no schema is left over', () => {
  const used = new Set(Array.from(JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g), ([, name]) => name));
  expect([...used].sort()).toEqual(Object.keys(document.components.schemas).sort());
});

test('events are described as a stream', () => {
  const watch = document.paths['/api/v1/runs/{id}/events']?.['get'];
  expect(Object.keys(watch?.responses['200']?.content ?? {})).toEqual(['text/event-stream']);
});

test('the page shows all of it without a script or a style of its own', async () => {
  const { body, headers } = await server.call('GET', '/api/docs');
  expect(headers['content-type']).toBe('text/html; charset=utf-8');
  for (const { operation } of operations()) expect(body).toContain(`id="${operation.operationId}"`);
  expect(body).toContain('id="error-validation_failed"');
  expect(body).not.toMatch(/<script|<style|style=|onclick/);
  const style = await server.call('GET', '/api/docs.css');
  expect(style.headers['content-type']).toBe('text/css; charset=utf-8');
});
