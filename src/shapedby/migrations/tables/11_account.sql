-- Written by `make migration` from account/tables.py

CREATE TABLE "erasure" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "person" BIGINT NOT NULL DEFAULT 0,
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "words_kept" BOOLEAN NOT NULL DEFAULT false,
    "supports_kept" BOOLEAN NOT NULL DEFAULT false
);
CREATE INDEX erasure_person ON "erasure" USING btree ("person");

CREATE TABLE "retention_run" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "gone" JSONB NOT NULL DEFAULT '{}'
);

CREATE TABLE "data_export" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "person" BIGINT NOT NULL REFERENCES "person" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "language" VARCHAR(8) NOT NULL DEFAULT '',
    "asked_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "ready_at" TIMESTAMPTZ,
    "taken_at" TIMESTAMPTZ,
    "ends_at" TIMESTAMPTZ,
    "file" BYTEA
);
CREATE INDEX data_export_person ON "data_export" USING btree ("person");
CREATE INDEX data_export_asked_at ON "data_export" USING btree ("asked_at");

CREATE TABLE "legal_hold" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "person" BIGINT REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "posting" BIGINT REFERENCES "posting" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "reason" VARCHAR(500) NOT NULL DEFAULT '',
    "by" BIGINT NOT NULL REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "ended_at" TIMESTAMPTZ,
    "ended_by" BIGINT REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX legal_hold_person ON "legal_hold" USING btree ("person");
CREATE INDEX legal_hold_posting ON "legal_hold" USING btree ("posting");
CREATE INDEX legal_hold_by ON "legal_hold" USING btree ("by");
CREATE INDEX legal_hold_ended_by ON "legal_hold" USING btree ("ended_by");

CREATE TABLE "profile" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "person" BIGINT UNIQUE NOT NULL REFERENCES "person" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "wished_name" VARCHAR(60) NOT NULL DEFAULT '',
    "name_posting" BIGINT REFERENCES "posting" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    "about_me" TEXT NOT NULL DEFAULT '',
    "about_me_html" TEXT NOT NULL DEFAULT '',
    "about_me_posting" BIGINT REFERENCES "posting" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);
CREATE INDEX profile_name_posting ON "profile" USING btree ("name_posting");
CREATE INDEX profile_about_me_posting ON "profile" USING btree ("about_me_posting");
