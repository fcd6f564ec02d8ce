# The tables in samples/oracle are what sqlite3 makes of the samples, by the
# SQL beside them and without this program. Skipped without sqlite3.
exec "$SAMPLES/oracle/run"
