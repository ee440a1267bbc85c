export * from './chats.ts';
export * from './context.ts';
export * from './errors.ts';
export * from './limits.ts';
export * from './providers.ts';
export * from './runs.ts';
export * from './settings.ts';
export * from './shared.ts';
