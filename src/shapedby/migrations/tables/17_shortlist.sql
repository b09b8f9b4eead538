-- Written by `make migration` from shortlist/tables.py

CREATE TABLE "assessment" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "idea" BIGINT NOT NULL REFERENCES "idea" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "officer" BIGINT NOT NULL REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "note" TEXT NOT NULL DEFAULT '',
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp
);
CREATE INDEX assessment_idea ON "assessment" USING btree ("idea");
CREATE INDEX assessment_officer ON "assessment" USING btree ("officer");
ALTER TABLE "assessment" ADD CONSTRAINT assessment_once UNIQUE ("idea", "officer");

CREATE TABLE "promise_reminder" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "idea" BIGINT NOT NULL REFERENCES "idea" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "answer_by" DATE NOT NULL DEFAULT CURRENT_DATE,
    "days" SMALLINT NOT NULL DEFAULT 0,
    "told_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp
);
ALTER TABLE "promise_reminder" ADD CONSTRAINT promise_reminder_once UNIQUE ("idea", "answer_by", "days");

CREATE TABLE "response" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "idea" BIGINT NOT NULL REFERENCES "idea" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "by" BIGINT NOT NULL REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "kind" VARCHAR(30) NOT NULL DEFAULT '',
    "reason" JSONB NOT NULL DEFAULT '{}',
    "reason_html" JSONB NOT NULL DEFAULT '{}',
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp
);
CREATE INDEX response_idea ON "response" USING btree ("idea");
CREATE INDEX response_by ON "response" USING btree ("by");

CREATE TABLE "assessment_score" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "assessment" BIGINT NOT NULL REFERENCES "assessment" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "criterion" BIGINT NOT NULL REFERENCES "criterion" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "points" SMALLINT NOT NULL DEFAULT 0
);
CREATE INDEX assessment_score_assessment ON "assessment_score" USING btree ("assessment");
CREATE INDEX assessment_score_criterion ON "assessment_score" USING btree ("criterion");
ALTER TABLE "assessment_score" ADD CONSTRAINT assessment_score_once UNIQUE ("assessment", "criterion");
