-- Written by `make migration` from ideas/tables.py

CREATE TABLE "idea" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "challenge" BIGINT NOT NULL REFERENCES "challenge" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "posting" BIGINT UNIQUE NOT NULL REFERENCES "posting" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "author" BIGINT NOT NULL REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "key" VARCHAR(40) UNIQUE,
    "stage" VARCHAR(20) NOT NULL DEFAULT 'open',
    "title" VARCHAR(120) NOT NULL DEFAULT '',
    "slug" VARCHAR(80) NOT NULL DEFAULT '',
    "problem" TEXT NOT NULL DEFAULT '',
    "proposal" TEXT NOT NULL DEFAULT '',
    "beneficiaries" TEXT NOT NULL DEFAULT '',
    "problem_html" TEXT NOT NULL DEFAULT '',
    "proposal_html" TEXT NOT NULL DEFAULT '',
    "beneficiaries_html" TEXT NOT NULL DEFAULT '',
    "excerpt" VARCHAR(300) NOT NULL DEFAULT '',
    "area" BIGINT REFERENCES "area" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "topic" BIGINT REFERENCES "topic" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "supports" INTEGER NOT NULL DEFAULT 0,
    "comments" INTEGER NOT NULL DEFAULT 0,
    "drafted_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "sent_at" TIMESTAMPTZ,
    "answer_by" DATE,
    "origin" VARCHAR(40) NOT NULL DEFAULT '',
    "foreign_id" VARCHAR(60),
    "foreign_supports" INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX idea_challenge ON "idea" USING btree ("challenge");
CREATE INDEX idea_author ON "idea" USING btree ("author");
CREATE INDEX idea_area ON "idea" USING btree ("area");
CREATE INDEX idea_topic ON "idea" USING btree ("topic");

CREATE TABLE "idea_step" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "idea" BIGINT NOT NULL REFERENCES "idea" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "kind" VARCHAR(30) NOT NULL DEFAULT '',
    "by" BIGINT REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "note" JSONB NOT NULL DEFAULT '{}'
);
CREATE INDEX idea_step_idea ON "idea_step" USING btree ("idea");
CREATE INDEX idea_step_by ON "idea_step" USING btree ("by");

CREATE TABLE "support" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "idea" BIGINT NOT NULL REFERENCES "idea" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "person" BIGINT NOT NULL REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "state" VARCHAR(20) NOT NULL DEFAULT 'counted',
    "set_aside_for" VARCHAR(20) NOT NULL DEFAULT '',
    "since" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "changed_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp
);
CREATE INDEX support_person ON "support" USING btree ("person");
ALTER TABLE "support" ADD CONSTRAINT support_once UNIQUE ("idea", "person");
