/** Sizes that the server refuses to exceed; the page checks the same ones before sending. */
export const limits = {
  /** UTF-16 units of one message. */
  messageCharacters: 200_000,
  systemPromptCharacters: 20_000,
  titleCharacters: 200,
  /** Texts at which an answer ends. */
  stopTexts: 4,
  stopCharacters: 100,
  /** The largest seed. */
  seed: 2_147_483_647,
  modelNameCharacters: 200,
  providerNameCharacters: 80,
  settingNameCharacters: 64,
  /** Files of one message. */
  attachmentsPerMessage: 20,
  pageSize: 200,
  defaultPageSize: 50,
  /** Bytes of a request body. */
  bodyBytes: 2 * 1024 * 1024,
  idempotencyKeyCharacters: 128,
} as const;
