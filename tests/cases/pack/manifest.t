# The manifest has the digest and the size of every file of the pack, and the
# digest of every input.
# Source: sha256sum, wc.
. "$ROOT/tests/pack.sh"
# shellcheck disable=SC2086 # options are words
funnel-pack -q --quarterly $all -o review
cd review || exit
jq -r '.rows[] | .sha256 + "  " + .file' manifest.json >../digests
[ "$(wc -l <../digests)" -gt 30 ] && sha256sum --quiet -c ../digests &&
	echo 'the files are these'
jq -r '.rows[] | "\(.bytes) \(.file)"' manifest.json | while read -r n file; do
	[ "$n" = "$(wc -c <"$file")" ] || echo "$file: not $n bytes"
done
cd ..
jq -r '.notes.digest[]' review/manifest.json | sed 's/\(.*\): \(.*\)/\2  \1/' |
	sha256sum -c
