# The heat map: column, next column, line, half a field, colour. By hand: from
# the start two go to Lead and one to SQL; of the two in Lead one goes on and
# one is open, and both in SQL are open, the darkest with 100 %. The shade of a
# share s is red 255-255s, green 255-165s, blue 255-105s: 2/3 is 0x5591b9, 1/3
# 0xaac8dc, 1/2 0x7facca and 1 0x005a96, here in tens.
cat >log.csv <<'EOF'
id,stage,stage_entered
a,Lead,2026-01-05
a,SQL,2026-01-06
b,Lead,2026-01-07
c,SQL,2026-01-08
EOF
funnel-convert -q -r transitions -o table.csv --stages Lead,SQL,won:Won \
	--chart-script script log.csv
sed -n '/^\$d1/,/^END/p; /^\$slanted/,/^END/p; /variable/p' script
