# -o FILE writes the format of its suffix; -f wins over it; without either
# what is no terminal gets CSV. Nothing is printed beside the file. A name that
# promises what would not be in it is refused.
cat >log.csv <<'EOF'
id,stage,stage_entered
x,Lead,2026-01-01
EOF
for file in a.csv a.tsv a.json a.jsonl a.md a.html a.txt a; do
	funnel-convert --stages Lead,MQL -m entered -o $file log.csv || exit
done
funnel-convert --stages Lead,MQL -m entered -f tsv -o b.csv log.csv
for format in csv tsv json jsonl md html; do
	funnel-convert --stages Lead,MQL -m entered -f $format log.csv |
		cmp - a.$format
done
cmp a.csv a
cmp a.tsv b.csv
head -n 1 a.txt
funnel-convert --stages Lead,MQL -m entered -o a.htm log.csv
echo $?
