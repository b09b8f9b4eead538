-- Written by `make migration` from notices/tables.py

CREATE TABLE "notice_topic" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "about" VARCHAR(20) NOT NULL DEFAULT '',
    "number" BIGINT NOT NULL DEFAULT 0
);
ALTER TABLE "notice_topic" ADD CONSTRAINT notice_topic_once UNIQUE ("about", "number");

CREATE TABLE "notice" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "topic" BIGINT REFERENCES "notice_topic" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "template" VARCHAR(80) NOT NULL DEFAULT '',
    "context" JSONB NOT NULL DEFAULT '{}',
    "once" VARCHAR(120) UNIQUE,
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp
);
CREATE INDEX notice_at ON "notice" USING btree ("at");

CREATE TABLE "follow" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "person" BIGINT NOT NULL REFERENCES "person" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "topic" BIGINT NOT NULL REFERENCES "notice_topic" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "since" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp
);
CREATE INDEX follow_topic ON "follow" USING btree ("topic");
ALTER TABLE "follow" ADD CONSTRAINT follow_once UNIQUE ("person", "topic");

CREATE TABLE "mail_choice" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "person" BIGINT NOT NULL REFERENCES "person" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "kind" VARCHAR(40) NOT NULL DEFAULT '',
    "how" VARCHAR(20) NOT NULL DEFAULT '',
    "was" VARCHAR(20) NOT NULL DEFAULT ''
);
ALTER TABLE "mail_choice" ADD CONSTRAINT mail_choice_once UNIQUE ("person", "kind");

CREATE TABLE "notice_delivery" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "notice" BIGINT NOT NULL REFERENCES "notice" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "person" BIGINT NOT NULL REFERENCES "person" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "kind" VARCHAR(40) NOT NULL DEFAULT '',
    "waits_for" VARCHAR(20) NOT NULL DEFAULT '',
    "due_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "told_at" TIMESTAMPTZ,
    "mailed" VARCHAR(20) NOT NULL DEFAULT ''
);
CREATE INDEX notice_delivery_person ON "notice_delivery" USING btree ("person");
ALTER TABLE "notice_delivery" ADD CONSTRAINT notice_delivery_once UNIQUE ("notice", "person");
