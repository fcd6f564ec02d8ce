# Random bytes end in an error about the data, never in a crash or a report:
# 200 files of every size up to 4000 bytes by a generator with a fixed seed,
# with and without a header in front.
i=0
while [ $i -lt 100 ]; do
	LC_ALL=C awk -v seed=$i 'BEGIN {
		x = seed * 7919 + 17
		n = x * 31 % 4000
		for (j = 0; j < n; j++) {
			x = (x * 16807) % 2147483647
			printf "\\0%03o", int(x / 65536) % 256
		}
	}' >octal
	printf %b "$(cat octal)" >random.csv
	{ echo id,stage,created; cat random.csv; } >headed.csv
	for file in random headed; do
		funnel-convert -f csv --stages Open,won:Won $file.csv \
			>out 2>err
		echo "$file $?"
	done
	i=$((i + 1))
done | sort | uniq -c | sed 's/^ *//'
