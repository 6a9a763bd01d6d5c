#!/usr/bin/env bash
# Why this file: the schema as reviewed: what migrations give, without what differs from machine to machine.
# Usage: sql/dump_schema.sh DSN. sql/schema.sql is made by the test pg/SchemaTest with YUANLIU_UPDATE_SCHEMA=1.
set -euo pipefail
/usr/lib/postgresql/15/bin/pg_dump --schema-only --no-owner --dbname "$1" |
    sed -E '/^-- Dumped (from|by)/d; /^\\(un)?restrict /d; /^SET /d; /^SELECT pg_catalog\.set_config/d; /^--( Name:.*)?$/d' |
    cat -s
