# samples/README.md shows what a reader will see (make examples rewrites it).
"$ROOT/tests/examples" "$ROOT/samples/README.md"
