-- Written by `make migration` from ideas/tables.py

CREATE TABLE "search_word" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "word" VARCHAR(30) UNIQUE NOT NULL DEFAULT '',
    "ideas" INTEGER NOT NULL DEFAULT 1,
    "grams" VARCHAR(3)[] NOT NULL DEFAULT '{}'
);

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
    "foreign_supports" INTEGER NOT NULL DEFAULT 0,
    "group_name" VARCHAR(80) NOT NULL DEFAULT '',
    "anonymous" BOOLEAN NOT NULL DEFAULT false,
    "merged_into" BIGINT REFERENCES "idea" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX idea_challenge ON "idea" USING btree ("challenge");
CREATE INDEX idea_area ON "idea" USING btree ("area");
CREATE INDEX idea_topic ON "idea" USING btree ("topic");
CREATE INDEX idea_merged_into ON "idea" USING btree ("merged_into");

CREATE TABLE "idea_author" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "idea" BIGINT NOT NULL REFERENCES "idea" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "person" BIGINT NOT NULL REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "came_by" VARCHAR(20) NOT NULL DEFAULT 'invited',
    "since" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp
);
CREATE INDEX idea_author_person ON "idea_author" USING btree ("person");
ALTER TABLE "idea_author" ADD CONSTRAINT author_once UNIQUE ("idea", "person");

CREATE TABLE "idea_begun" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "key_hash" VARCHAR(64) UNIQUE NOT NULL DEFAULT '',
    "challenge" BIGINT NOT NULL REFERENCES "challenge" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "idea" BIGINT REFERENCES "idea" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "typed" JSONB NOT NULL DEFAULT '{}',
    "begun_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp
);
CREATE INDEX idea_begun_challenge ON "idea_begun" USING btree ("challenge");
CREATE INDEX idea_begun_idea ON "idea_begun" USING btree ("idea");

CREATE TABLE "idea_invitation" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "idea" BIGINT NOT NULL REFERENCES "idea" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "by" BIGINT NOT NULL REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "email" VARCHAR(254) NOT NULL DEFAULT '',
    "nonce" VARCHAR(32) UNIQUE NOT NULL DEFAULT '',
    "invited_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "ends_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "used_at" TIMESTAMPTZ,
    "used_by" BIGINT REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "withdrawn_at" TIMESTAMPTZ
);
CREATE INDEX idea_invitation_idea ON "idea_invitation" USING btree ("idea");
CREATE INDEX idea_invitation_by ON "idea_invitation" USING btree ("by");
CREATE INDEX idea_invitation_used_by ON "idea_invitation" USING btree ("used_by");

CREATE TABLE "idea_merge" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "source" BIGINT NOT NULL REFERENCES "idea" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "target" BIGINT NOT NULL REFERENCES "idea" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "because" VARCHAR(20) NOT NULL DEFAULT '',
    "proposed_by" BIGINT NOT NULL REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "proposed_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "ends_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "source_agreed_at" TIMESTAMPTZ,
    "target_agreed_at" TIMESTAMPTZ,
    "state" VARCHAR(20) NOT NULL DEFAULT 'proposed',
    "closed_at" TIMESTAMPTZ,
    "closed_by" BIGINT REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX idea_merge_source ON "idea_merge" USING btree ("source");
CREATE INDEX idea_merge_target ON "idea_merge" USING btree ("target");
CREATE INDEX idea_merge_proposed_by ON "idea_merge" USING btree ("proposed_by");
CREATE INDEX idea_merge_closed_by ON "idea_merge" USING btree ("closed_by");

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

CREATE TABLE "support_hold" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "idea" BIGINT NOT NULL REFERENCES "idea" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "found_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "signals" JSONB NOT NULL DEFAULT '[]',
    "outcome" VARCHAR(20) NOT NULL DEFAULT 'waiting',
    "decided_at" TIMESTAMPTZ
);
CREATE INDEX support_hold_idea ON "support_hold" USING btree ("idea");

CREATE TABLE "idea_version" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "idea" BIGINT NOT NULL REFERENCES "idea" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "posting" BIGINT UNIQUE REFERENCES "posting" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "person" BIGINT NOT NULL REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "number" SMALLINT,
    "title" VARCHAR(120) NOT NULL DEFAULT '',
    "group_name" VARCHAR(80) NOT NULL DEFAULT '',
    "problem" TEXT NOT NULL DEFAULT '',
    "proposal" TEXT NOT NULL DEFAULT '',
    "beneficiaries" TEXT NOT NULL DEFAULT '',
    "problem_html" TEXT NOT NULL DEFAULT '',
    "proposal_html" TEXT NOT NULL DEFAULT '',
    "beneficiaries_html" TEXT NOT NULL DEFAULT '',
    "area" BIGINT REFERENCES "area" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "topic" BIGINT REFERENCES "topic" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "language" VARCHAR(8) NOT NULL DEFAULT 'en',
    "written_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "public_at" TIMESTAMPTZ,
    "ended_at" TIMESTAMPTZ
);
CREATE INDEX idea_version_idea ON "idea_version" USING btree ("idea");
CREATE INDEX idea_version_person ON "idea_version" USING btree ("person");
CREATE INDEX idea_version_area ON "idea_version" USING btree ("area");
CREATE INDEX idea_version_topic ON "idea_version" USING btree ("topic");

CREATE TABLE "support" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "idea" BIGINT NOT NULL REFERENCES "idea" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "person" BIGINT NOT NULL REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "state" VARCHAR(20) NOT NULL DEFAULT 'counted',
    "set_aside_for" VARCHAR(20) NOT NULL DEFAULT '',
    "returns_to" VARCHAR(20) NOT NULL DEFAULT '',
    "hold" BIGINT REFERENCES "support_hold" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "origin" BYTEA,
    "nonce" BYTEA,
    "leaves" INTEGER NOT NULL DEFAULT 0,
    "since" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "changed_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp
);
CREATE INDEX support_person ON "support" USING btree ("person");
ALTER TABLE "support" ADD CONSTRAINT support_once UNIQUE ("idea", "person");

CREATE TABLE "support_hold_decision" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "hold" BIGINT NOT NULL REFERENCES "support_hold" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "by" BIGINT NOT NULL REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "outcome" VARCHAR(20) NOT NULL DEFAULT '',
    "number" INTEGER NOT NULL DEFAULT 0,
    "reason" JSONB NOT NULL DEFAULT '{}'
);
CREATE INDEX support_hold_decision_hold ON "support_hold_decision" USING btree ("hold");
CREATE INDEX support_hold_decision_by ON "support_hold_decision" USING btree ("by");
