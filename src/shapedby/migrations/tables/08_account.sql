-- Written by `make migration` from account/tables.py

CREATE TABLE "profile" (
    "id" BIGSERIAL PRIMARY KEY NOT NULL,
    "person" BIGINT UNIQUE NOT NULL REFERENCES "person" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "wished_name" VARCHAR(60) NOT NULL DEFAULT '',
    "name_posting" BIGINT REFERENCES "posting" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    "about_me" TEXT NOT NULL DEFAULT '',
    "about_me_html" TEXT NOT NULL DEFAULT '',
    "about_me_posting" BIGINT REFERENCES "posting" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);
CREATE INDEX profile_name_posting ON "profile" USING btree ("name_posting");
CREATE INDEX profile_about_me_posting ON "profile" USING btree ("about_me_posting");
