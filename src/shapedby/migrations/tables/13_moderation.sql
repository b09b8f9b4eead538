-- Written by `make migration` from moderation/tables.py

CREATE TABLE "suspension" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "person" BIGINT NOT NULL REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "by" BIGINT NOT NULL REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "reason" TEXT NOT NULL DEFAULT '',
    "rule" VARCHAR(30) NOT NULL DEFAULT '',
    "until" TIMESTAMPTZ,
    "hides" BOOLEAN NOT NULL DEFAULT false,
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "ended_at" TIMESTAMPTZ,
    "ended_by" BIGINT REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "ended_because" TEXT NOT NULL DEFAULT ''
);
CREATE INDEX suspension_person ON "suspension" USING btree ("person");
CREATE INDEX suspension_by ON "suspension" USING btree ("by");
CREATE INDEX suspension_ended_by ON "suspension" USING btree ("ended_by");

CREATE TABLE "moderator_mail" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "person" BIGINT UNIQUE NOT NULL REFERENCES "person" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "wanted" BOOLEAN NOT NULL DEFAULT true
);

CREATE TABLE "safeguarding_case" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "posting" BIGINT NOT NULL REFERENCES "posting" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "passed_on_by" BIGINT REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "note" TEXT NOT NULL DEFAULT '',
    "opened_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "closed_at" TIMESTAMPTZ
);
CREATE INDEX safeguarding_case_posting ON "safeguarding_case" USING btree ("posting");
CREATE INDEX safeguarding_case_passed_on_by ON "safeguarding_case" USING btree ("passed_on_by");

CREATE TABLE "moderation_decision" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "case" BIGINT NOT NULL REFERENCES "moderation_case" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "posting" BIGINT NOT NULL REFERENCES "posting" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "by" BIGINT NOT NULL REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "act" VARCHAR(20) NOT NULL DEFAULT '',
    "was" VARCHAR(20) NOT NULL DEFAULT '',
    "rule" VARCHAR(30) NOT NULL DEFAULT '',
    "reason" TEXT NOT NULL DEFAULT '',
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp
);
CREATE INDEX moderation_decision_case ON "moderation_decision" USING btree ("case");
CREATE INDEX moderation_decision_posting ON "moderation_decision" USING btree ("posting");
CREATE INDEX moderation_decision_by ON "moderation_decision" USING btree ("by");

CREATE TABLE "case_note" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "case" BIGINT NOT NULL REFERENCES "moderation_case" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "by" BIGINT NOT NULL REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "handed_to" BIGINT REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "text" TEXT NOT NULL DEFAULT '',
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp
);
CREATE INDEX case_note_case ON "case_note" USING btree ("case");
CREATE INDEX case_note_by ON "case_note" USING btree ("by");
CREATE INDEX case_note_handed_to ON "case_note" USING btree ("handed_to");

CREATE TABLE "safeguarding_decision" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "case" BIGINT NOT NULL REFERENCES "safeguarding_case" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "by" BIGINT NOT NULL REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "act" VARCHAR(20) NOT NULL DEFAULT '',
    "reason" TEXT NOT NULL DEFAULT '',
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp
);
CREATE INDEX safeguarding_decision_case ON "safeguarding_decision" USING btree ("case");
CREATE INDEX safeguarding_decision_by ON "safeguarding_decision" USING btree ("by");

CREATE TABLE "report" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "reference" VARCHAR(12) UNIQUE NOT NULL DEFAULT '',
    "posting" BIGINT NOT NULL REFERENCES "posting" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "case" BIGINT REFERENCES "moderation_case" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    "guarded" BIGINT REFERENCES "safeguarding_case" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    "language" VARCHAR(8) NOT NULL DEFAULT '',
    "person" BIGINT REFERENCES "person" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    "browser_hash" VARCHAR(64) NOT NULL DEFAULT '',
    "email" VARCHAR(254) NOT NULL DEFAULT '',
    "reason" VARCHAR(30) NOT NULL DEFAULT '',
    "note" TEXT NOT NULL DEFAULT '',
    "note_html" TEXT NOT NULL DEFAULT '',
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp
);
CREATE INDEX report_posting ON "report" USING btree ("posting");
CREATE INDEX report_case ON "report" USING btree ("case");
CREATE INDEX report_guarded ON "report" USING btree ("guarded");
CREATE INDEX report_person ON "report" USING btree ("person");
CREATE INDEX report_browser_hash ON "report" USING btree ("browser_hash");

CREATE TABLE "appeal" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "decision" BIGINT UNIQUE REFERENCES "moderation_decision" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "case" BIGINT NOT NULL REFERENCES "moderation_case" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "posting" BIGINT NOT NULL REFERENCES "posting" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "words" TEXT NOT NULL DEFAULT '',
    "words_html" TEXT NOT NULL DEFAULT '',
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp
);
CREATE INDEX appeal_case ON "appeal" USING btree ("case");
CREATE INDEX appeal_posting ON "appeal" USING btree ("posting");

CREATE TABLE "suspension_posting" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "suspension" BIGINT NOT NULL REFERENCES "suspension" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "posting" BIGINT NOT NULL REFERENCES "posting" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "decision" BIGINT NOT NULL REFERENCES "moderation_decision" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "reopens" BOOLEAN NOT NULL DEFAULT false
);
CREATE INDEX suspension_posting_suspension ON "suspension_posting" USING btree ("suspension");
CREATE INDEX suspension_posting_posting ON "suspension_posting" USING btree ("posting");
CREATE INDEX suspension_posting_decision ON "suspension_posting" USING btree ("decision");
