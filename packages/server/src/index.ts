export { type Application, type ComposeOptions, compose } from './compose.ts';
export type { Config, ConfiguredProvider } from './config/config.ts';
export { ConfigError, type ConfigProblem } from './config/config-error.ts';
export { type ConfigSources, loadConfig } from './config/load-config.ts';
export { createLogger } from './logging/create-logger.ts';
export { systemClock } from './system-clock.ts';
