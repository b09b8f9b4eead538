-- Written by `make migration` from challenges/tables.py

CREATE TABLE "topic" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "slug" VARCHAR(60) UNIQUE NOT NULL DEFAULT '',
    "name" JSONB NOT NULL DEFAULT '{}',
    "position" SMALLINT NOT NULL DEFAULT 0
);

CREATE TABLE "challenge" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "slug" VARCHAR(80) UNIQUE NOT NULL DEFAULT '',
    "question" JSONB NOT NULL DEFAULT '{}',
    "summary" JSONB NOT NULL DEFAULT '{}',
    "why_asked" JSONB NOT NULL DEFAULT '{}',
    "who_decides" JSONB NOT NULL DEFAULT '{}',
    "what_chosen_gets" JSONB NOT NULL DEFAULT '{}',
    "privacy_note" JSONB NOT NULL DEFAULT '{}',
    "opens_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "closes_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "supports_needed" INTEGER NOT NULL DEFAULT 0,
    "supports_each" SMALLINT,
    "answer_days" SMALLINT NOT NULL DEFAULT 28,
    "anonymous_allowed" BOOLEAN NOT NULL DEFAULT false,
    "prepared_by" BIGINT NOT NULL REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "prepared_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "published_at" TIMESTAMPTZ,
    "decided_at" TIMESTAMPTZ
);
CREATE INDEX challenge_prepared_by ON "challenge" USING btree ("prepared_by");

CREATE TABLE "challenge_area" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "challenge" BIGINT NOT NULL REFERENCES "challenge" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "area" BIGINT NOT NULL REFERENCES "area" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX challenge_area_challenge ON "challenge_area" USING btree ("challenge");
CREATE INDEX challenge_area_area ON "challenge_area" USING btree ("area");
ALTER TABLE "challenge_area" ADD CONSTRAINT challenge_area_once UNIQUE ("challenge", "area");

CREATE TABLE "challenge_topic" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "challenge" BIGINT NOT NULL REFERENCES "challenge" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "topic" BIGINT NOT NULL REFERENCES "topic" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX challenge_topic_challenge ON "challenge_topic" USING btree ("challenge");
CREATE INDEX challenge_topic_topic ON "challenge_topic" USING btree ("topic");
ALTER TABLE "challenge_topic" ADD CONSTRAINT challenge_topic_once UNIQUE ("challenge", "topic");

CREATE TABLE "criterion" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "challenge" BIGINT NOT NULL REFERENCES "challenge" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "position" SMALLINT NOT NULL DEFAULT 0,
    "name" JSONB NOT NULL DEFAULT '{}',
    "meaning" JSONB NOT NULL DEFAULT '{}',
    "weight" SMALLINT NOT NULL DEFAULT 0
);
CREATE INDEX criterion_challenge ON "criterion" USING btree ("challenge");
ALTER TABLE "criterion" ADD CONSTRAINT criterion_once UNIQUE ("challenge", "position");
