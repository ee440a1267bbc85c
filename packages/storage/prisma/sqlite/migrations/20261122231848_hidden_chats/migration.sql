-- CreateIndex
CREATE INDEX "chats_leaf_id_id_idx" ON "chats"("leaf_id", "id");
