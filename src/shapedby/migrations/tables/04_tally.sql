-- Written by `make migration` from tally/tables.py

CREATE TABLE "tally_check" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "ideas" BIGINT NOT NULL DEFAULT 0,
    "counted" BIGINT NOT NULL DEFAULT 0,
    "published" BIGINT NOT NULL DEFAULT 0,
    "pending" BIGINT NOT NULL DEFAULT 0,
    "wrong" JSONB NOT NULL DEFAULT '[]'
);

CREATE TABLE "tally_key" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "public" BYTEA UNIQUE NOT NULL DEFAULT '',
    "since" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp
);

CREATE TABLE "tally_leaf" (
    "place" BIGINT PRIMARY KEY NOT NULL DEFAULT 0,
    "idea" BIGINT NOT NULL DEFAULT 0,
    "change" SMALLINT NOT NULL DEFAULT 0,
    "commitment" BYTEA UNIQUE NOT NULL DEFAULT ''
);

CREATE TABLE "tally_node" (
    "id" BIGINT PRIMARY KEY NOT NULL DEFAULT 0,
    "hash" BYTEA NOT NULL DEFAULT ''
);

CREATE TABLE "tally_pending" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "idea" BIGINT NOT NULL DEFAULT 0,
    "change" SMALLINT NOT NULL DEFAULT 0,
    "commitment" BYTEA NOT NULL DEFAULT '',
    "due" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp
);

CREATE TABLE "tally_head" (
    "size" BIGINT PRIMARY KEY NOT NULL DEFAULT 0,
    "root" BYTEA NOT NULL DEFAULT '',
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "key" BIGINT NOT NULL REFERENCES "tally_key" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "signature" BYTEA NOT NULL DEFAULT ''
);
CREATE INDEX tally_head_key ON "tally_head" USING btree ("key");
