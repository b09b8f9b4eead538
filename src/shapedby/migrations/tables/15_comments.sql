-- Written by `make migration` from comments/tables.py

CREATE TABLE "comment" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "idea" BIGINT NOT NULL REFERENCES "idea" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "answers" BIGINT REFERENCES "comment" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "posting" BIGINT UNIQUE NOT NULL REFERENCES "posting" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "author" BIGINT NOT NULL REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "sent_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "origin" VARCHAR(40) NOT NULL DEFAULT '',
    "foreign_id" VARCHAR(60),
    "pinned_at" TIMESTAMPTZ,
    "pinned_by" BIGINT REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX comment_idea ON "comment" USING btree ("idea");
CREATE INDEX comment_answers ON "comment" USING btree ("answers");
CREATE INDEX comment_author ON "comment" USING btree ("author");
CREATE INDEX comment_pinned_by ON "comment" USING btree ("pinned_by");

CREATE TABLE "comment_useful" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "comment" BIGINT NOT NULL REFERENCES "comment" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "person" BIGINT NOT NULL REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp
);
CREATE INDEX comment_useful_person ON "comment_useful" USING btree ("person");
ALTER TABLE "comment_useful" ADD CONSTRAINT comment_useful_once UNIQUE ("comment", "person");
