-- Written by `make migration` from pictures/tables.py

CREATE TABLE "picture" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "posting" BIGINT NOT NULL REFERENCES "posting" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "place" SMALLINT NOT NULL DEFAULT 1,
    "description" VARCHAR(300) NOT NULL DEFAULT '',
    "file" VARCHAR(64) NOT NULL DEFAULT '',
    "width" INTEGER NOT NULL DEFAULT 0,
    "height" INTEGER NOT NULL DEFAULT 0,
    "small" VARCHAR(64) NOT NULL DEFAULT '',
    "small_width" INTEGER NOT NULL DEFAULT 0,
    "small_height" INTEGER NOT NULL DEFAULT 0,
    "added_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "seen_at" TIMESTAMPTZ
);
CREATE INDEX picture_posting ON "picture" USING btree ("posting");
CREATE INDEX picture_file ON "picture" USING btree ("file");
CREATE INDEX picture_small ON "picture" USING btree ("small");
