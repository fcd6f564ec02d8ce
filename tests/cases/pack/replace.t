# A pack is replaced as a whole: files of the old one that the new one lacks are
# gone. Where it fails, whether in the input, in a section or on a full disk,
# the old one stays as it was and nothing lies beside it.
. "$ROOT/tests/pack.sh"
# shellcheck disable=SC2086 # options are words
funnel-pack -q --quarterly $all -o review || exit
# shellcheck disable=SC2086
funnel-pack -q --weekly --no-charts $all -o review || exit
ls review
head -n 1 review/summary.md
cp -R review before
unchanged()
{
	diff -r review before && ls
}
printf 'id,stage\n' >empty.csv
funnel-pack --weekly empty.csv -o review
echo "exit $?"
unchanged
printf 'id,stage,created\nx,Won,soon\n' >bad.csv
funnel-pack --weekly --strict bad.csv -o review
echo "exit $?"
unchanged
# No file may be larger than 8 blocks (of 512 bytes).
(
	trap '' XFSZ
	ulimit -f 8
	# shellcheck disable=SC2086
	funnel-pack -q --weekly --no-charts $all -o review
	echo "exit $?"
)
unchanged
