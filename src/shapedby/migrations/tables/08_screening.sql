-- Written by `make migration` from screening/tables.py

CREATE TABLE "screening_outage" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "began_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "told_at" TIMESTAMPTZ,
    "ended_at" TIMESTAMPTZ
);

CREATE TABLE "posting" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "kind" VARCHAR(20) NOT NULL DEFAULT '',
    "author" BIGINT NOT NULL REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "publicity" VARCHAR(20) NOT NULL DEFAULT 'draft',
    "language" VARCHAR(8) NOT NULL DEFAULT 'en',
    "source" TEXT NOT NULL DEFAULT '',
    "html" TEXT NOT NULL DEFAULT '',
    "about" VARCHAR(200) NOT NULL DEFAULT '',
    "address" VARCHAR(200) NOT NULL DEFAULT '',
    "written_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "changed_at" TIMESTAMPTZ,
    "sent_at" TIMESTAMPTZ,
    "public_at" TIMESTAMPTZ,
    "screened_at" TIMESTAMPTZ,
    "verdict" VARCHAR(20) NOT NULL DEFAULT '',
    "probability" DOUBLE PRECISION,
    "weights" VARCHAR(20) NOT NULL DEFAULT '',
    "reasons" JSONB NOT NULL DEFAULT '[]',
    "guarded" BOOLEAN NOT NULL DEFAULT false,
    "contacts_kept" BOOLEAN NOT NULL DEFAULT false,
    "words_hash" VARCHAR(20) NOT NULL DEFAULT '',
    "phrases" VARCHAR(20)[] NOT NULL DEFAULT '{}',
    "hosts" VARCHAR(120)[] NOT NULL DEFAULT '{}',
    "quarantined_at" TIMESTAMPTZ,
    "recorded_by" BIGINT REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX posting_author ON "posting" USING btree ("author");
CREATE INDEX posting_words_hash ON "posting" USING btree ("words_hash");
CREATE INDEX posting_recorded_by ON "posting" USING btree ("recorded_by");

CREATE TABLE "site_rule" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "by" BIGINT REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "rules" JSONB NOT NULL DEFAULT '{}',
    "reason" TEXT NOT NULL DEFAULT ''
);
CREATE INDEX site_rule_by ON "site_rule" USING btree ("by");

CREATE TABLE "moderation_case" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "posting" BIGINT NOT NULL REFERENCES "posting" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "raised_by" VARCHAR(30) NOT NULL DEFAULT '',
    "state" VARCHAR(20) NOT NULL DEFAULT 'open',
    "opened_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "decided_at" TIMESTAMPTZ,
    "decided_by" BIGINT REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "assigned_to" BIGINT REFERENCES "person" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);
CREATE INDEX moderation_case_posting ON "moderation_case" USING btree ("posting");
CREATE INDEX moderation_case_decided_by ON "moderation_case" USING btree ("decided_by");
CREATE INDEX moderation_case_assigned_to ON "moderation_case" USING btree ("assigned_to");

CREATE TABLE "posting_version" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "posting" BIGINT NOT NULL REFERENCES "posting" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "source" TEXT NOT NULL DEFAULT '',
    "html" TEXT NOT NULL DEFAULT '',
    "until" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "was_public" BOOLEAN NOT NULL DEFAULT false
);
CREATE INDEX posting_version_posting ON "posting_version" USING btree ("posting");
