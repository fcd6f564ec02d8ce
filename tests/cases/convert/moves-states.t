# What the states of moves are, by hand.
#
#  a  L M J(rejected)         d  M, then L and back to M in one second
#  b  L R(recycled) L M       e  L X Y (two stages that are lost) L W
#  c  L L(repeat) M X         f  L P Q P Q (nobody ever came out of P and Q)
#
# Stays of L: a b b c d e e f; M: a, b (open), c, d d (the last open).
# Wins, open stays left out, and moves into P and Q, which no way leads out
# of: L goes to M 4 times (a b c d), R 1, X 1, W 1, P 1 (out). M goes to J 1,
# X 1, L 1. X, in which Y is, once re-opened to L of 2. R re-opened of 1.
# With l, m, x: x = l/2, m = (l + x)/3 = l/2, R = l, l = (4m + l + x + 1)/7, so
# 7l = 2l + l + l/2 + 1 and l = 2/7, m = x = 1/7; the start is (5l + m)/6.
cat >log.csv <<'END'
id,stage,stage_entered
a,L,2026-01-01
a,M,2026-01-02
a,J,2026-01-03
b,L,2026-01-01
b,R,2026-01-05
b,L,2026-02-06
b,M,2026-02-07
c,L,2026-01-01
c,L,2026-01-02
c,M,2026-01-03
c,X,2026-01-04
d,M,2026-02-01T10:00:00Z
d,L,2026-02-01T12:00:00Z
d,M,2026-02-01T12:00:00Z
e,L,2026-01-01
e,X,2026-01-02
e,Y,2026-01-03
e,L,2026-03-04
e,W,2026-03-05
f,L,2026-01-01
f,P,2026-01-02
f,Q,2026-01-03
f,P,2026-01-04
f,Q,2026-01-05
END
cat >funnel.yaml <<'END'
stages:
  - name: L
  - name: M
  - name: P
  - name: Q
  - {name: W, outcome: won}
  - {name: X, outcome: lost}
  - {name: Y, outcome: lost}
  - {name: J, outcome: rejected}
  - {name: R, outcome: recycled}
END
run()
{
	funnel-convert -d funnel.yaml "$@" log.csv
}
run -r transitions -f csv -m n,conforming
run -r moves -f csv -m win_chance |
	awk -F , -v OFS=, '$2 ~ /\./ { $2 = sprintf("%.6f", $2) } { print }'
run -r moves -f csv -m zero_dwell | grep '[1-9]$'
run -r moves -f md | grep 'ending: '

# A stay counts in the month in which it began, wherever it led: L in January
# a b c e f, in February b d, in March e.
run -r moves -f csv -p month -m entries,advanced,ended | grep ',L,'
run -r moves -f csv --from 2026-02-01 --to 2026-03-01 -m entries | grep '[1-9]$'

# A list holds no moves.
echo id,created,stage >list.csv
echo a,2026-01-01,L >>list.csv
funnel-convert -q -d funnel.yaml -r moves list.csv
echo $?
run -q -r moves --losses never
run -q -r stages --losses transient
run -q -r transitions --mode strict
