# The examples of the man pages (make examples rewrites them).
"$ROOT/tests/examples" "$ROOT"/man/*.[1-9]
