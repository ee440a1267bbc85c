/** Whether a call that went well has changed something at the server. Questions that need a body are asked by POST, too. */
export function isWrite(path: string, method: string | undefined): boolean {
  return method !== undefined && method !== 'GET' && !/^\/api\/v1\/(chats\/[^/]+\/)?context$/.test(path);
}
