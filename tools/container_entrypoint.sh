#!/bin/sh
# Start a command with the database's password from the file that PGPASSWORD_FILE names: libpq
# reads it from the environment, and there it is seen by this container alone.
set -eu
if [ -n "${PGPASSWORD_FILE:-}" ]; then
  PGPASSWORD="$(cat "$PGPASSWORD_FILE")"
  export PGPASSWORD
fi
exec "$@"
