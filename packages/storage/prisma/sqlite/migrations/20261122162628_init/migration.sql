-- CreateTable
CREATE TABLE "users" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "created_at" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "workspaces" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "created_at" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "chats" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "owner_id" TEXT NOT NULL,
    "workspace_id" TEXT,
    "title" TEXT,
    "model" TEXT,
    "settings" TEXT NOT NULL,
    "leaf_id" TEXT,
    "created_at" BIGINT NOT NULL,
    "updated_at" BIGINT NOT NULL,
    CONSTRAINT "chats_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE NO ACTION,
    CONSTRAINT "chats_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces" ("id") ON DELETE SET NULL ON UPDATE NO ACTION
);

-- CreateTable
CREATE TABLE "messages" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "chat_id" TEXT NOT NULL,
    "parent_id" TEXT,
    "role" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "reasoning" TEXT,
    "tool_calls" TEXT,
    "state" TEXT NOT NULL,
    "run_id" TEXT,
    "provider_id" TEXT,
    "provider" TEXT,
    "model" TEXT,
    "model_version" TEXT,
    "reason" TEXT,
    "usage" TEXT,
    "cost" TEXT,
    "timings" TEXT,
    "warnings" TEXT,
    "error" TEXT,
    "created_at" BIGINT NOT NULL,
    CONSTRAINT "messages_chat_id_fkey" FOREIGN KEY ("chat_id") REFERENCES "chats" ("id") ON DELETE CASCADE ON UPDATE NO ACTION,
    CONSTRAINT "messages_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "messages" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION,
    CONSTRAINT "messages_provider_id_fkey" FOREIGN KEY ("provider_id") REFERENCES "providers" ("id") ON DELETE SET NULL ON UPDATE NO ACTION
);

-- CreateTable
CREATE TABLE "runs" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "chat_id" TEXT NOT NULL,
    "message_id" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "settings" TEXT NOT NULL,
    "process_id" TEXT NOT NULL,
    "last_seq" INTEGER NOT NULL,
    "created_at" BIGINT NOT NULL,
    "finished_at" BIGINT,
    CONSTRAINT "runs_chat_id_fkey" FOREIGN KEY ("chat_id") REFERENCES "chats" ("id") ON DELETE CASCADE ON UPDATE NO ACTION,
    CONSTRAINT "runs_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "messages" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);

-- CreateTable
CREATE TABLE "run_chunks" (
    "run_id" TEXT NOT NULL,
    "last_seq" INTEGER NOT NULL,
    "events" TEXT NOT NULL,

    PRIMARY KEY ("run_id", "last_seq"),
    CONSTRAINT "run_chunks_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);

-- CreateTable
CREATE TABLE "providers" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "slug" TEXT NOT NULL,
    "plugin" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "settings" TEXT NOT NULL,
    "sealed_secrets" TEXT,
    "source" TEXT NOT NULL,
    "is_enabled" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "created_at" BIGINT NOT NULL,
    "updated_at" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "user_settings" (
    "user_id" TEXT NOT NULL PRIMARY KEY,
    "value" TEXT NOT NULL,
    "updated_at" BIGINT NOT NULL,
    CONSTRAINT "user_settings_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);

-- CreateTable
CREATE TABLE "settings" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "value" TEXT NOT NULL,
    "updated_at" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "usage_records" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "run_id" TEXT,
    "owner_id" TEXT NOT NULL,
    "workspace_id" TEXT,
    "provider_id" TEXT,
    "provider" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "outcome" TEXT NOT NULL,
    "error_code" TEXT,
    "input_tokens" INTEGER,
    "output_tokens" INTEGER,
    "reasoning_tokens" INTEGER,
    "cached_input_tokens" INTEGER,
    "is_usage_estimated" INTEGER,
    "cost_amount" REAL,
    "cost_currency" TEXT,
    "is_cost_estimated" INTEGER,
    "queue_ms" REAL NOT NULL,
    "first_token_ms" REAL,
    "total_ms" REAL NOT NULL,
    "created_at" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "idempotency_keys" (
    "owner_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "response" TEXT NOT NULL,
    "created_at" BIGINT NOT NULL,

    PRIMARY KEY ("owner_id", "key"),
    CONSTRAINT "idempotency_keys_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);

-- CreateIndex
CREATE INDEX "chats_owner_id_updated_at_id_idx" ON "chats"("owner_id", "updated_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "chats_workspace_id_idx" ON "chats"("workspace_id");

-- CreateIndex
CREATE INDEX "messages_chat_id_id_idx" ON "messages"("chat_id", "id");

-- CreateIndex
CREATE INDEX "messages_parent_id_idx" ON "messages"("parent_id");

-- CreateIndex
CREATE INDEX "messages_provider_id_idx" ON "messages"("provider_id");

-- CreateIndex
CREATE INDEX "runs_chat_id_state_idx" ON "runs"("chat_id", "state");

-- CreateIndex
CREATE INDEX "runs_message_id_idx" ON "runs"("message_id");

-- CreateIndex
CREATE INDEX "runs_finished_at_id_idx" ON "runs"("finished_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "providers_slug_key" ON "providers"("slug");

-- CreateIndex
CREATE INDEX "usage_records_run_id_attempt_idx" ON "usage_records"("run_id", "attempt");

-- CreateIndex
CREATE INDEX "usage_records_owner_id_created_at_idx" ON "usage_records"("owner_id", "created_at");

-- CreateIndex
CREATE INDEX "idempotency_keys_created_at_idx" ON "idempotency_keys"("created_at");

-- Without accounts there is one person
INSERT INTO "users" ("id", "name", "created_at") VALUES ('local', 'local', CAST(unixepoch('subsec') * 1000 AS INTEGER));
