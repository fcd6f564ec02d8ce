# Paths that others have worked: W17 to W20 of metrics.md 3.3 and the toys of
# the shared data's README, as deals with one touch a day. What is expected is
# in the comments.
#
# deals NAME WON LOST CHANNELS...: so many deals with these touches
start()
{
	echo 'id,created,close date,outcome,stage,amount' >deals.csv
	echo 'deal id,date,channel' >touches.csv
	n=0
}
deals()
{
	won=$1 lost=$2
	shift 2
	i=0
	while [ $i -lt $((won + lost)) ]; do
		i=$((i + 1)) n=$((n + 1)) day=1
		outcome=won,Won
		[ $i -le "$won" ] || outcome=lost,Lost
		echo "d$n,2026-01-01,2026-02-01,$outcome,10" >>deals.csv
		for channel; do
			printf 'd%d,2026-01-%02d,%s\n' $n $day "$channel"
			day=$((day + 1))
		done >>touches.csv
	done
}
attribute()
{
	funnel-attribution -q -f csv --touches touches.csv --conversion won \
		"$@" deals.csv | grep -v '(unmapped)'
	echo
}

# a (2), b > c (1), c > a > b (5): first 2 1 5, last 2 5 1, linear 11/3, 13/6,
# 13/6, 40-20-40 3, 2.5, 2.5
start
deals 2 0 a
deals 1 0 b c
deals 5 0 c a b
attribute --model first,last,linear,u -m first,last,linear,u

# direct (2), search > email (3), search > social > email (5): linear 2, 19/6,
# 19/6, 5/3; u 2, 3.5, 3.5, 1; last_non_direct as last but for direct alone
start
deals 2 0 direct
deals 3 0 search email
deals 5 0 search social email
attribute --model linear,u,shapley,last_non_direct --direct direct \
	-m linear,u,shapley,last_non_direct

# W18: A > B > A > B > B > A, A > B > B > A > A, A > A: credit 2 and 1, removal
# effects 1 and 1/2
start
deals 1 0 A B A B B A
deals 1 0 A B B A A
deals 1 0 A A
attribute --model markov -m markov
attribute --report removal -m removal

# W19: a > b (3 converted, 1 not), a > c (1, 1): removal 1, 3/4, 1/4; credit 2,
# 3/2, 1/2; a to b 2/3, b to conversion 3/4, c to conversion 1/2
start
deals 3 1 a b
deals 1 1 a c
attribute --model markov -m markov
attribute --report removal -m removal
attribute --report transitions -m probability
attribute --report paths -m conversions,nulls,rate,value

# W20: order 1 credit 855/241, 684/241, 630/241 = 3.547718, 2.838174, 2.614108;
# order 2 (R23) removal 13/18, 2/3, 5/9; restart (R24) 1/2, 3/10, 9/38
start
for path in A 'A B' 'A B C' B 'B A' 'B C A' C 'C A' 'C B A'; do
	# shellcheck disable=SC2086 # a path is words
	deals 1 0 $path
done
attribute --model markov -m markov
attribute --report removal --order 2 -m removal
attribute --report removal --removal restart -m removal

# W21: Organic > Direct (1 and 1), Direct (3 and 25), Organic (1 and 26):
# counterfactual, Direct 3.54096, Organic 1.45904
start
deals 1 1 Organic Direct
deals 3 25 Direct
deals 1 26 Organic
attribute --model counterfactual -m counterfactual
