-- Written by `make migration` from people/tables.py

CREATE TABLE "area" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "slug" VARCHAR(60) UNIQUE NOT NULL DEFAULT '',
    "name" JSONB NOT NULL DEFAULT '{}',
    "position" SMALLINT NOT NULL DEFAULT 0
);

CREATE TABLE "sign_in_mail" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "email" VARCHAR(254) NOT NULL DEFAULT '',
    "link_hash" VARCHAR(64) UNIQUE NOT NULL DEFAULT '',
    "code_hash" VARCHAR(64) NOT NULL DEFAULT '',
    "browser_hash" VARCHAR(64) NOT NULL DEFAULT '',
    "tries" SMALLINT NOT NULL DEFAULT 0,
    "next_address" VARCHAR(500) NOT NULL DEFAULT '/',
    "asked_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "ends_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "used_at" TIMESTAMPTZ
);
CREATE INDEX sign_in_mail_email ON "sign_in_mail" USING btree ("email");
CREATE INDEX sign_in_mail_browser_hash ON "sign_in_mail" USING btree ("browser_hash");
CREATE INDEX sign_in_mail_ends_at ON "sign_in_mail" USING btree ("ends_at");

CREATE TABLE "person" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "email" VARCHAR(254) UNIQUE,
    "role" VARCHAR(20) NOT NULL DEFAULT 'resident',
    "name" VARCHAR(60) NOT NULL DEFAULT '',
    "organisation" VARCHAR(120) NOT NULL DEFAULT '',
    "young" BOOLEAN NOT NULL DEFAULT false,
    "area" BIGINT REFERENCES "area" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    "language" VARCHAR(8) NOT NULL DEFAULT '',
    "origin" VARCHAR(40) NOT NULL DEFAULT 'sign-in',
    "foreign_name" VARCHAR(120),
    "joined_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "welcomed_at" TIMESTAMPTZ,
    "suspended_until" TIMESTAMPTZ,
    "safeguarding" BOOLEAN NOT NULL DEFAULT false,
    "left_at" TIMESTAMPTZ,
    "seen_at" TIMESTAMPTZ,
    "warned_at" TIMESTAMPTZ
);
CREATE INDEX person_area ON "person" USING btree ("area");
CREATE INDEX person_origin ON "person" USING btree ("origin");

CREATE TABLE "act" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "person" BIGINT REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "verb" VARCHAR(60) NOT NULL DEFAULT '',
    "kind" VARCHAR(40) NOT NULL DEFAULT '',
    "number" BIGINT NOT NULL DEFAULT 0,
    "reason" TEXT NOT NULL DEFAULT ''
);
CREATE INDEX act_person ON "act" USING btree ("person");

CREATE TABLE "person_contact" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "person" BIGINT UNIQUE NOT NULL REFERENCES "person" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "reach" VARCHAR(20) NOT NULL DEFAULT 'none',
    "phone" VARCHAR(60) NOT NULL DEFAULT '',
    "postal" TEXT NOT NULL DEFAULT '',
    "nonce" VARCHAR(32) NOT NULL DEFAULT '',
    "added_by" BIGINT REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "added_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp
);
CREATE INDEX person_contact_added_by ON "person_contact" USING btree ("added_by");

CREATE TABLE "sign_in" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "token_hash" VARCHAR(64) UNIQUE NOT NULL DEFAULT '',
    "person" BIGINT NOT NULL REFERENCES "person" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "csrf" VARCHAR(64) NOT NULL DEFAULT '',
    "browser" VARCHAR(120) NOT NULL DEFAULT '',
    "began_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "seen_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "ends_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp
);
CREATE INDEX sign_in_person ON "sign_in" USING btree ("person");
CREATE INDEX sign_in_ends_at ON "sign_in" USING btree ("ends_at");
