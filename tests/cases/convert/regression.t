# A record that goes back keeps what it reached, but under `current` stands
# where it is; the last word decides: re-opened after a loss and won is won,
# and recycled is no loss. By hand:
#   p Lead MQL Lead: reached MQL, now a Lead, open
#   q Lead MQL Lost MQL Won: won
#   r Lead MQL Nurture: recycled at MQL
#   s Lead Nurture Lead: open again
cat >log.csv <<'EOF'
id,stage,stage_entered
p,Lead,2026-01-01
p,MQL,2026-01-02
p,Lead,2026-01-03
q,Lead,2026-01-01
q,MQL,2026-01-02
q,Lost,2026-01-03
q,MQL,2026-01-04
q,Won,2026-01-05
r,Lead,2026-01-01
r,MQL,2026-01-02
r,Nurture,2026-01-03
s,Lead,2026-01-01
s,Nurture,2026-01-02
s,Lead,2026-01-03
EOF
for mode in reached current; do
	funnel-convert -f csv --mode $mode log.csv \
		--stages Lead,MQL,won:Won,lost:Lost,recycled:Nurture \
		-m entered,converted,won,lost,recycled,open,leak_share
done
