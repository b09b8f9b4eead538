-- Written by `make migration` from web/tables.py

CREATE TABLE "web_limit" (
    "key" VARCHAR(200) PRIMARY KEY NOT NULL DEFAULT '',
    "since" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "times" INTEGER NOT NULL DEFAULT 0
);
