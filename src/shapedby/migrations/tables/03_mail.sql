-- Written by `make migration` from mail/tables.py

CREATE TABLE "outgoing_mail" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "address" VARCHAR(254) NOT NULL DEFAULT '',
    "subject" VARCHAR(300) NOT NULL DEFAULT '',
    "text" TEXT NOT NULL DEFAULT '',
    "html" TEXT NOT NULL DEFAULT '',
    "language" VARCHAR(8) NOT NULL DEFAULT '',
    "kind" VARCHAR(40) NOT NULL DEFAULT '',
    "once" VARCHAR(120) UNIQUE,
    "stop" VARCHAR(300) NOT NULL DEFAULT '',
    "rank" SMALLINT NOT NULL DEFAULT 1,
    "queued_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "due_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "tries" SMALLINT NOT NULL DEFAULT 0,
    "handing_at" TIMESTAMPTZ,
    "sent_at" TIMESTAMPTZ,
    "given_up_at" TIMESTAMPTZ,
    "trouble" VARCHAR(300) NOT NULL DEFAULT ''
);
CREATE INDEX outgoing_mail_queued_at ON "outgoing_mail" USING btree ("queued_at");
CREATE INDEX outgoing_mail_due_at ON "outgoing_mail" USING btree ("due_at");

CREATE TABLE "outgoing_letter" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "name" VARCHAR(120) NOT NULL DEFAULT '',
    "postal" TEXT NOT NULL DEFAULT '',
    "subject" VARCHAR(300) NOT NULL DEFAULT '',
    "text" TEXT NOT NULL DEFAULT '',
    "language" VARCHAR(8) NOT NULL DEFAULT '',
    "kind" VARCHAR(40) NOT NULL DEFAULT '',
    "once" VARCHAR(120) UNIQUE,
    "reference" VARCHAR(20) NOT NULL DEFAULT '',
    "queued_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "posted_at" TIMESTAMPTZ,
    "posted_by" BIGINT
);
CREATE INDEX outgoing_letter_queued_at ON "outgoing_letter" USING btree ("queued_at");
