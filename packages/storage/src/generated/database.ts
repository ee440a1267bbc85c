// Generated from prisma/models.prisma by scripts/migration.ts. Do not edit.
import type * as core from '@multimodel/core';
import type { ColumnType } from "kysely";
export type Generated<T> = T extends ColumnType<infer S, infer I, infer U>
  ? ColumnType<S, I | undefined, U>
  : ColumnType<T, T | undefined, T>;
export type Timestamp = ColumnType<Date, Date | string, Date | string>;

export type Attachment = {
    /**
     * @kyselyType(core.AttachmentId)
     */
    id: core.AttachmentId;
    /**
     * @kyselyType(core.UserId)
     */
    owner_id: core.UserId;
    /**
     * @kyselyType(core.MessageId)
     */
    message_id: core.MessageId | null;
    sha256: string;
    name: string;
    media_type: string;
    size: number;
    width: number | null;
    height: number | null;
    created_at: number;
};
export type Chat = {
    /**
     * @kyselyType(core.ChatId)
     */
    id: core.ChatId;
    /**
     * @kyselyType(core.UserId)
     */
    owner_id: core.UserId;
    /**
     * @kyselyType(core.WorkspaceId)
     */
    workspace_id: core.WorkspaceId | null;
    title: string | null;
    model: string | null;
    settings: string;
    /**
     * @kyselyType(core.MessageId)
     */
    leaf_id: core.MessageId | null;
    created_at: number;
    updated_at: number;
};
export type IdempotencyKey = {
    /**
     * @kyselyType(core.UserId)
     */
    owner_id: core.UserId;
    key: string;
    fingerprint: string;
    response: string;
    created_at: number;
};
export type Message = {
    /**
     * @kyselyType(core.MessageId)
     */
    id: core.MessageId;
    /**
     * @kyselyType(core.ChatId)
     */
    chat_id: core.ChatId;
    /**
     * @kyselyType(core.MessageId)
     */
    parent_id: core.MessageId | null;
    /**
     * @kyselyType(core.Message['role'])
     */
    role: core.Message['role'];
    text: string;
    reasoning: string | null;
    tool_calls: string | null;
    attachments: string | null;
    /**
     * @kyselyType(core.MessageState)
     */
    state: core.MessageState;
    /**
     * @kyselyType(core.RunId)
     */
    run_id: core.RunId | null;
    /**
     * @kyselyType(core.ProviderId)
     */
    provider_id: core.ProviderId | null;
    provider: string | null;
    model: string | null;
    model_version: string | null;
    /**
     * @kyselyType(core.FinishReason)
     */
    reason: core.FinishReason | null;
    usage: string | null;
    cost: string | null;
    timings: string | null;
    warnings: string | null;
    error: string | null;
    created_at: number;
};
export type Provider = {
    /**
     * @kyselyType(core.ProviderId)
     */
    id: core.ProviderId;
    slug: string;
    plugin: string;
    display_name: string;
    settings: string;
    sealed_secrets: string | null;
    /**
     * @kyselyType(core.ProviderSource)
     */
    source: core.ProviderSource;
    is_enabled: number;
    position: number;
    created_at: number;
    updated_at: number;
};
export type Run = {
    /**
     * @kyselyType(core.RunId)
     */
    id: core.RunId;
    /**
     * @kyselyType(core.ChatId)
     */
    chat_id: core.ChatId;
    /**
     * @kyselyType(core.MessageId)
     */
    message_id: core.MessageId;
    /**
     * @kyselyType(core.UserId)
     */
    owner_id: core.UserId;
    /**
     * @kyselyType(core.RunState)
     */
    state: core.RunState;
    model: string;
    settings: string;
    process_id: string;
    last_seq: number;
    created_at: number;
    finished_at: number | null;
};
export type RunChunk = {
    /**
     * @kyselyType(core.RunId)
     */
    run_id: core.RunId;
    last_seq: number;
    events: string;
};
export type Setting = {
    key: string;
    value: string;
    updated_at: number;
};
export type UsageRecord = {
    id: string;
    /**
     * @kyselyType(core.RunId)
     */
    run_id: core.RunId | null;
    /**
     * @kyselyType(core.UserId)
     */
    owner_id: core.UserId;
    /**
     * @kyselyType(core.WorkspaceId)
     */
    workspace_id: core.WorkspaceId | null;
    /**
     * @kyselyType(core.ProviderId)
     */
    provider_id: core.ProviderId | null;
    provider: string;
    model: string;
    attempt: number;
    /**
     * @kyselyType(core.UsageRecord['outcome'])
     */
    outcome: core.UsageRecord['outcome'];
    /**
     * @kyselyType(core.ErrorCode)
     */
    error_code: core.ErrorCode | null;
    input_tokens: number | null;
    output_tokens: number | null;
    reasoning_tokens: number | null;
    cached_input_tokens: number | null;
    is_usage_estimated: number | null;
    cost_amount: number | null;
    cost_currency: string | null;
    is_cost_estimated: number | null;
    queue_ms: number;
    first_token_ms: number | null;
    total_ms: number;
    created_at: number;
};
export type User = {
    /**
     * @kyselyType(core.UserId)
     */
    id: core.UserId;
    name: string;
    created_at: number;
};
export type UserSettings = {
    /**
     * @kyselyType(core.UserId)
     */
    user_id: core.UserId;
    value: string;
    updated_at: number;
};
export type Workspace = {
    /**
     * @kyselyType(core.WorkspaceId)
     */
    id: core.WorkspaceId;
    name: string;
    created_at: number;
};
export type Database = {
    attachments: Attachment;
    chats: Chat;
    idempotency_keys: IdempotencyKey;
    messages: Message;
    providers: Provider;
    run_chunks: RunChunk;
    runs: Run;
    settings: Setting;
    usage_records: UsageRecord;
    user_settings: UserSettings;
    users: User;
    workspaces: Workspace;
};
