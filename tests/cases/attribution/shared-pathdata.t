# 10,000 ready-made paths of the ChannelAttribution package (PathData): first,
# last and linear credit against the sums that awk takes from the raw file.
paths="$SHARED/data/attribution-paths/pathdata.csv"
if ! [ -f "$paths" ]; then
	echo 'the data set attribution-paths is not here' >&2
	exit 77
fi
awk -F , 'NR > 1 {
	n = split($1, step, " > ")
	first[step[1]] += $2
	last[step[n]] += $2
	for (i = 1; i <= n; i++) {
		linear[step[i]] += $2 / n
		value[step[i]] += $3 / n
	}
} END {
	for (c in linear)
		printf "%s,%.6f,%.6f,%.6f,%.6f\n", c, first[c], last[c],
		    linear[c], value[c]
}' "$paths" | sort >expected
funnel-attribution -q -f csv --path-file "$paths" --model first,last,linear \
	-m first,last,linear,linear_value |
	awk -F , 'NR > 1 && !/\(/ {
		printf "%s,%.6f,%.6f,%.6f,%.6f\n", $1, $2, $3, $4, $5
	}' | sort | diff expected -
# Every model gives away all 19,785 conversions, and their value.
models=first,last,last_non_direct,linear,u,j,inverse_j,custom:10:20:70
models=$models,time_decay,w,full_path,u50,u_lead,points,markov,shapley
models=$models,shapley_rate,counterfactual
funnel-attribution -q -f csv --long --path-file "$paths" --model $models |
	awk -F , 'NR > 1 && $2 !~ /_share$/ { sum[$2] += $3 } END {
		for (m in sum)
			printf "%s %.6f\n", m, sum[m]
	}' | awk '{ print $2 }' | sort | uniq -c | awk '{ print $1, $2 }'
# What only records have is refused.
funnel-attribution --path-file "$paths" --bootstrap 5
echo $?
funnel-attribution --path-file "$paths" --by source
echo $?
