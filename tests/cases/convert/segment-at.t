# The value of a segment is taken at a named point (3.1.5): the first that is
# not blank, the last, that of the record's own row, or the one at the entry
# to a stage. By hand: x was Web, then Partner from SQL on; y began blank.
cat >log.csv <<'EOF'
id,stage,stage_entered,Lead Source
x,Lead,2026-01-01,Web
x,SQL,2026-01-05,Partner
x,Won,2026-01-09,Partner
y,Lead,2026-01-02,
y,SQL,2026-01-06,Referral
y,Won,2026-01-10,Event
EOF
for point in first last stage:Lead stage:SQL stage:Won; do
	echo $point
	funnel-convert -f csv --stages Lead,SQL,won:Won --report outcomes \
		--by source --seg-at $point -m records log.csv
done
# A list of records beside the log says what the record itself holds.
cat >list.csv <<'EOF'
id,stage,created,Lead Source
x,Won,2026-01-01,Import
y,Won,2026-01-02,
EOF
echo record
funnel-convert -f csv --stages Lead,SQL,won:Won --report outcomes \
	--by source --seg-at record -m records log.csv list.csv
# Rows add up to the total whichever point is taken; unknown points are not.
funnel-convert --stages Lead,SQL,won:Won --by source --seg-at stage:SQK \
	log.csv
echo $?
funnel-convert --stages Lead,SQL,won:Won --by source --seg-at middle log.csv
echo $?
