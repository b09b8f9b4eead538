-- Written by `make migration` from coproduction/tables.py

CREATE TABLE "project" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "slug" VARCHAR(80) UNIQUE NOT NULL DEFAULT '',
    "idea" BIGINT UNIQUE NOT NULL REFERENCES "idea" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "title" JSONB NOT NULL DEFAULT '{}',
    "summary" JSONB NOT NULL DEFAULT '{}',
    "phase" VARCHAR(20) NOT NULL DEFAULT 'prepare',
    "state" VARCHAR(20) NOT NULL DEFAULT 'active',
    "began_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "closed_at" TIMESTAMPTZ,
    "outcome_kind" VARCHAR(20) NOT NULL DEFAULT '',
    "outcome" JSONB NOT NULL DEFAULT '{}',
    "outcome_html" JSONB NOT NULL DEFAULT '{}',
    "host" BIGINT NOT NULL REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX project_host ON "project" USING btree ("host");

CREATE TABLE "project_decision" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "project" BIGINT NOT NULL REFERENCES "project" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "phase" VARCHAR(20) NOT NULL DEFAULT '',
    "decided_on" DATE NOT NULL DEFAULT CURRENT_DATE,
    "what" JSONB NOT NULL DEFAULT '{}',
    "residents" SMALLINT NOT NULL DEFAULT 0,
    "staff" SMALLINT NOT NULL DEFAULT 0,
    "partners" SMALLINT NOT NULL DEFAULT 0,
    "by" BIGINT NOT NULL REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp
);
CREATE INDEX project_decision_project ON "project_decision" USING btree ("project");
CREATE INDEX project_decision_by ON "project_decision" USING btree ("by");

CREATE TABLE "gate_evidence" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "project" BIGINT NOT NULL REFERENCES "project" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "phase" VARCHAR(20) NOT NULL DEFAULT '',
    "position" SMALLINT NOT NULL DEFAULT 0,
    "what" JSONB NOT NULL DEFAULT '{}',
    "shown" JSONB NOT NULL DEFAULT '{}',
    "shown_at" TIMESTAMPTZ,
    "shown_by" BIGINT REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX gate_evidence_project ON "gate_evidence" USING btree ("project");
CREATE INDEX gate_evidence_shown_by ON "gate_evidence" USING btree ("shown_by");
ALTER TABLE "gate_evidence" ADD CONSTRAINT gate_evidence_once UNIQUE ("project", "phase", "position");

CREATE TABLE "gate_decision" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "project" BIGINT NOT NULL REFERENCES "project" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "phase" VARCHAR(20) NOT NULL DEFAULT '',
    "passed" BOOLEAN NOT NULL DEFAULT false,
    "reason" JSONB NOT NULL DEFAULT '{}',
    "by" BIGINT NOT NULL REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp
);
CREATE INDEX gate_decision_project ON "gate_decision" USING btree ("project");
CREATE INDEX gate_decision_by ON "gate_decision" USING btree ("by");

CREATE TABLE "project_need" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "project" BIGINT NOT NULL REFERENCES "project" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "kind" VARCHAR(20) NOT NULL DEFAULT '',
    "what" JSONB NOT NULL DEFAULT '{}',
    "asked_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "met_at" TIMESTAMPTZ
);
CREATE INDEX project_need_project ON "project_need" USING btree ("project");

CREATE TABLE "project_session" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "project" BIGINT NOT NULL REFERENCES "project" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "phase" VARCHAR(20) NOT NULL DEFAULT '',
    "kind" VARCHAR(20) NOT NULL DEFAULT '',
    "title" JSONB NOT NULL DEFAULT '{}',
    "starts_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "ends_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "place" JSONB NOT NULL DEFAULT '{}',
    "who_may_join" JSONB NOT NULL DEFAULT '{}',
    "theme" JSONB NOT NULL DEFAULT '{}',
    "area" BIGINT REFERENCES "area" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "link" VARCHAR(300) NOT NULL DEFAULT '',
    "helps" JSONB NOT NULL DEFAULT '{}',
    "step_free" BOOLEAN NOT NULL DEFAULT false,
    "worker" VARCHAR(80) NOT NULL DEFAULT '',
    "takes_places" BOOLEAN NOT NULL DEFAULT false,
    "capacity" INTEGER,
    "target" INTEGER,
    "code" VARCHAR(6) NOT NULL DEFAULT '',
    "edition" SMALLINT NOT NULL DEFAULT 0,
    "cancelled_at" TIMESTAMPTZ,
    "why_cancelled" JSONB NOT NULL DEFAULT '{}',
    "second_visit_of" BIGINT REFERENCES "project_session" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "came" INTEGER,
    "agreed" JSONB NOT NULL DEFAULT '{}',
    "agreed_html" JSONB NOT NULL DEFAULT '{}',
    "unclear" BOOLEAN NOT NULL DEFAULT false
);
CREATE INDEX project_session_project ON "project_session" USING btree ("project");
CREATE INDEX project_session_starts_at ON "project_session" USING btree ("starts_at");
CREATE INDEX project_session_area ON "project_session" USING btree ("area");
CREATE INDEX project_session_second_visit_of ON "project_session" USING btree ("second_visit_of");

CREATE TABLE "indicator" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "project" BIGINT NOT NULL REFERENCES "project" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "position" SMALLINT NOT NULL DEFAULT 0,
    "name" JSONB NOT NULL DEFAULT '{}',
    "unit" JSONB NOT NULL DEFAULT '{}',
    "measured_by" JSONB NOT NULL DEFAULT '{}',
    "before" NUMERIC(14, 2) NOT NULL DEFAULT 0,
    "before_on" DATE NOT NULL DEFAULT CURRENT_DATE,
    "target" NUMERIC(14, 2)
);
CREATE INDEX indicator_project ON "indicator" USING btree ("project");

CREATE TABLE "project_member" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "project" BIGINT NOT NULL REFERENCES "project" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "person" BIGINT REFERENCES "person" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    "name" VARCHAR(80) NOT NULL DEFAULT '',
    "side" VARCHAR(20) NOT NULL DEFAULT '',
    "part" VARCHAR(30) NOT NULL DEFAULT '',
    "organisation" VARCHAR(120) NOT NULL DEFAULT '',
    "since" DATE NOT NULL DEFAULT CURRENT_DATE,
    "until" DATE
);
CREATE INDEX project_member_project ON "project_member" USING btree ("project");
CREATE INDEX project_member_person ON "project_member" USING btree ("person");

CREATE TABLE "project_update" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "project" BIGINT NOT NULL REFERENCES "project" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "phase" VARCHAR(20) NOT NULL DEFAULT '',
    "by" BIGINT NOT NULL REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "words" JSONB NOT NULL DEFAULT '{}',
    "words_html" JSONB NOT NULL DEFAULT '{}'
);
CREATE INDEX project_update_project ON "project_update" USING btree ("project");
CREATE INDEX project_update_by ON "project_update" USING btree ("by");

CREATE TABLE "offer" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "person" BIGINT NOT NULL REFERENCES "person" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "project" BIGINT REFERENCES "project" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "need" BIGINT REFERENCES "project_need" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    "kind" VARCHAR(20) NOT NULL DEFAULT '',
    "words" VARCHAR(1000) NOT NULL DEFAULT '',
    "state" VARCHAR(20) NOT NULL DEFAULT 'open',
    "made_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "decided_at" TIMESTAMPTZ,
    "decided_by" BIGINT REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "answer" JSONB NOT NULL DEFAULT '{}'
);
CREATE INDEX offer_person ON "offer" USING btree ("person");
CREATE INDEX offer_project ON "offer" USING btree ("project");
CREATE INDEX offer_need ON "offer" USING btree ("need");
CREATE INDEX offer_state ON "offer" USING btree ("state");
CREATE INDEX offer_decided_by ON "offer" USING btree ("decided_by");

CREATE TABLE "session_group" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "session" BIGINT NOT NULL REFERENCES "project_session" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "who" VARCHAR(20) NOT NULL DEFAULT '',
    "came" INTEGER NOT NULL DEFAULT 0
);
ALTER TABLE "session_group" ADD CONSTRAINT session_group_once UNIQUE ("session", "who");

CREATE TABLE "session_opinion" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "session" BIGINT NOT NULL REFERENCES "project_session" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "useful" SMALLINT NOT NULL DEFAULT 0,
    "heard" SMALLINT NOT NULL DEFAULT 0,
    "again" SMALLINT NOT NULL DEFAULT 0
);
CREATE INDEX session_opinion_session ON "session_opinion" USING btree ("session");

CREATE TABLE "session_place" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "session" BIGINT NOT NULL REFERENCES "project_session" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "person" BIGINT REFERENCES "person" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "name" VARCHAR(80) NOT NULL DEFAULT '',
    "state" VARCHAR(20) NOT NULL DEFAULT 'going',
    "need" VARCHAR(600) NOT NULL DEFAULT '',
    "asked_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "came_at" TIMESTAMPTZ,
    "said" BOOLEAN NOT NULL DEFAULT false,
    "written_by" BIGINT REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX session_place_session ON "session_place" USING btree ("session");
CREATE INDEX session_place_person ON "session_place" USING btree ("person");
CREATE INDEX session_place_written_by ON "session_place" USING btree ("written_by");
ALTER TABLE "session_place" ADD CONSTRAINT session_place_once UNIQUE ("session", "person");

CREATE TABLE "indicator_reading" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "indicator" BIGINT NOT NULL REFERENCES "indicator" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "on_day" DATE NOT NULL DEFAULT CURRENT_DATE,
    "value" NUMERIC(14, 2) NOT NULL DEFAULT 0,
    "comment" JSONB NOT NULL DEFAULT '{}'
);
CREATE INDEX indicator_reading_indicator ON "indicator_reading" USING btree ("indicator");
ALTER TABLE "indicator_reading" ADD CONSTRAINT indicator_reading_once UNIQUE ("indicator", "on_day");

CREATE TABLE "offer_given" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "offer" BIGINT NOT NULL REFERENCES "offer" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "on_day" DATE NOT NULL DEFAULT CURRENT_DATE,
    "hours" NUMERIC(6, 1),
    "what" VARCHAR(120) NOT NULL DEFAULT '',
    "by" BIGINT NOT NULL REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX offer_given_offer ON "offer_given" USING btree ("offer");
CREATE INDEX offer_given_by ON "offer_given" USING btree ("by");
