# Every row carries the version and the SHA-256 of the definitions file; a
# changed byte changes the hash. --stages has a hash of its own, and the same
# stages the same hash.
# Source: sha256sum of coreutils.
cat >log.csv <<'EOF'
id,stage,stage_entered
x,Lead,2026-01-01
EOF
row()
{
	funnel-convert -f csv -m defs_version,defs_sha log.csv "$@" | sed -n 2p
}
cp samples/w1.yaml a.yaml
{ cat a.yaml; echo '# signed'; } >b.yaml
for file in a b; do
	echo "Lead,W1,$(sha256sum <$file.yaml | cut -d ' ' -f 1)" >expected
	row -d $file.yaml | diff expected -
done
[ "$(row --stages Lead,MQL)" = "$(row --stages 'Lead, MQL')" ] ||
	echo 'two hashes for the same stages'
[ "$(row --stages Lead,MQL)" != "$(row --stages Lead,SQL)" ] ||
	echo 'one hash for two ladders'
