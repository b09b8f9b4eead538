-- Written by `make migration` from story/tables.py

CREATE TABLE "statement" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "name" VARCHAR(30) NOT NULL DEFAULT '',
    "language" VARCHAR(8) NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL DEFAULT 0,
    "source" TEXT NOT NULL DEFAULT '',
    "html" TEXT NOT NULL DEFAULT '',
    "by" BIGINT NOT NULL REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp
);
CREATE INDEX statement_by ON "statement" USING btree ("by");
ALTER TABLE "statement" ADD CONSTRAINT statement_once UNIQUE ("name", "language", "version");
