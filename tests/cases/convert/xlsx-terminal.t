# A workbook is nothing for a terminal: refused before anything is read, with
# the way out; and a suffix of another office format is still no format.
command -v script >/dev/null || { echo 'no script' >&2; exit 77; }
echo 'id,stage,stage_entered' >log.csv
for way in '-f xlsx' '-f xlsx -o -'; do
	script -qec "funnel-convert --stages Lead,MQL $way log.csv; echo \$?" \
		/dev/null </dev/null | tr -d '\r'
done
funnel-convert --stages Lead,MQL -o x.ods log.csv
echo $?
