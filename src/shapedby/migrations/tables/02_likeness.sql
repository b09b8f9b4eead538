-- Written by `make migration` from likeness/tables.py

CREATE TABLE "likeness_common" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "mark" INTEGER UNIQUE NOT NULL DEFAULT 0,
    "share" DOUBLE PRECISION NOT NULL DEFAULT 0.0
);

CREATE TABLE "likeness_entry" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "thing" BIGINT UNIQUE NOT NULL DEFAULT 0,
    "within" BIGINT NOT NULL DEFAULT 0,
    "made" SMALLINT NOT NULL DEFAULT 0,
    "words" SMALLINT NOT NULL DEFAULT 0,
    "marks" INTEGER[] NOT NULL DEFAULT '{}'
);
CREATE INDEX likeness_entry_within ON "likeness_entry" USING btree ("within");
