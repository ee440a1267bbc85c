import { answerRoutes } from './answers.route.ts';
import type { Api, ApiDeps } from './api.ts';
import { attachmentRoutes } from './attachments.route.ts';
import { chatRoutes } from './chats.route.ts';
import { contextRoutes } from './context.route.ts';
import { messageRoutes } from './messages.route.ts';
import { pluginRoutes } from './plugins.route.ts';
import { providerRoutes } from './providers.route.ts';
import { runRoutes } from './runs.route.ts';
import { settingsRoutes } from './settings.route.ts';

/** Everything under `/api/v1`. */
export function restRoutes(api: Api, deps: ApiDeps): void {
  chatRoutes(api, deps);
  messageRoutes(api, deps);
  answerRoutes(api, deps);
  attachmentRoutes(api, deps);
  contextRoutes(api, deps);
  runRoutes(api, deps);
  pluginRoutes(api, deps);
  providerRoutes(api, deps);
  settingsRoutes(api, deps);
}
