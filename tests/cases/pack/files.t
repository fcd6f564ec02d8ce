# What a pack of each rhythm has: the tables of its sections, a chart for some of
# them, and the four files of the whole; all of them in the manifest but itself.
# Nothing else is left behind.
# Source: product.md 1.5, and the rows of agenda[].
. "$ROOT/tests/pack.sh"
for rhythm in weekly monthly quarterly; do
	# shellcheck disable=SC2086 # options are words
	funnel-pack -q --no-charts --$rhythm $all -o $rhythm || exit
	echo "$rhythm: $(cd $rhythm && find . -type f | sed 's/^..//' |
		LC_ALL=C sort | sed 's|tables/\(.*\).csv|\1|' | tr '\n' ' ')" |
		fold -s -w 79 | sed 's/ $//'
	jq -r '.rows[].file' $rhythm/manifest.json | LC_ALL=C sort >listed
	(cd $rhythm && find . -type f ! -name manifest.json) | sed 's/^..//' |
		LC_ALL=C sort | diff - listed
done
ls
