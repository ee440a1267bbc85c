declare const brand: unique symbol;
type Id<Name extends string> = string & { readonly [brand]: Name };

export type UserId = Id<'UserId'>;
export type WorkspaceId = Id<'WorkspaceId'>;
export type ChatId = Id<'ChatId'>;
export type MessageId = Id<'MessageId'>;
export type RunId = Id<'RunId'>;
export type ProviderId = Id<'ProviderId'>;
export type AttachmentId = Id<'AttachmentId'>;

export const toUserId = (value: string): UserId => value as UserId;
export const toWorkspaceId = (value: string): WorkspaceId => value as WorkspaceId;
export const toChatId = (value: string): ChatId => value as ChatId;
export const toMessageId = (value: string): MessageId => value as MessageId;
export const toRunId = (value: string): RunId => value as RunId;
export const toProviderId = (value: string): ProviderId => value as ProviderId;
export const toAttachmentId = (value: string): AttachmentId => value as AttachmentId;
