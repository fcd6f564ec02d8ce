# The same two deals in seven files: UTF-8 with and without byte order mark,
# CRLF and CR line ends, UTF-16 of both kinds, Windows-1252, and a file whose
# lines are of two encodings. iconv makes them.
deals()
{
	printf 'id,stage,created,owner\n'
	printf 'a,Won,2026-01-01,Zoë\n'
	printf 'b,Open,2026-01-02,"Zoë"\n'
}
deals >plain.csv
{ printf '\357\273\277'; deals; } >bom.csv
deals | sed 's/$/\r/' >crlf.csv
deals | tr '\n' '\r' >cr.csv
{ printf '\377\376'; deals | iconv -f UTF-8 -t UTF-16LE; } >utf16le.csv
{ printf '\376\377'; deals | tr , '\t' | iconv -f UTF-8 -t UTF-16BE; } \
	>utf16be.csv
deals | iconv -f UTF-8 -t WINDOWS-1252 >cp1252.csv
{ deals | sed -n 1,2p; deals | sed -n 3p | iconv -f UTF-8 -t WINDOWS-1252; } \
	>mixed.csv
for file in plain bom crlf cr utf16le utf16be cp1252 mixed; do
	funnel-convert -f csv --stages Open,won:Won --report outcomes \
		--by owner -m records,won $file.csv >got
	printf 'owner,records,won\nZoë,2,1\n' | diff - got ||
		echo $file.csv differs
done
# What was read as what is in the notes.
funnel-convert -f table --stages Open,won:Won --report outcomes \
	-m records mixed.csv | sed -n 's/^encoding *//p'
