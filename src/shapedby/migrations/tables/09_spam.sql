-- Written by `make migration` from spam/tables.py

CREATE TABLE "spam_head" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "base" VARCHAR(64) NOT NULL DEFAULT '',
    "weights" BYTEA NOT NULL DEFAULT '',
    "fitted_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "figures" JSONB NOT NULL DEFAULT '{}',
    "state" VARCHAR(20) NOT NULL DEFAULT '',
    "why" VARCHAR(200) NOT NULL DEFAULT '',
    "changed_at" TIMESTAMPTZ NOT NULL DEFAULT current_timestamp,
    "changed_by" BIGINT REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX spam_head_changed_by ON "spam_head" USING btree ("changed_by");
