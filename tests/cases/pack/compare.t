# --compare: nothing moved against itself, also with names that are hostile to
# CSV. One more deal, one that is gone, an amount that grew: exactly the rows
# that this concerns, with both numbers as people read them and exactly.
# Source: by hand, the amounts as written below; d4 is won and so is 2 of 2.
cat >agreed.yaml <<'END'
currency: INR
stages: [{ name: Open }, { name: Won, outcome: won },
  { name: Lost, outcome: lost }]
END
cat >old.csv <<'END'
id,name,stage,created,close_date,amount,source
d1,"a ""b"", c
 d ",Won,2026-01-05,2026-01-20,1250000.5,=1+1
d2,x,Open,2026-01-06,,500000,Web
d3,y,Open,2026-01-07,,200000,Web
END
{
	sed 's/500000,Web/750000,Web/; /^d3/d' old.csv
	echo 'd4,z,Won,2026-01-08,2026-01-21,100000,Web'
} >new.csv
pack()
{
	funnel-pack -q --no-charts --monthly -d agreed.yaml --as-of 2026-02-01 \
		"$@" || exit
}
pack -o old old.csv
pack -o same --compare old old.csv
wc -l <same/tables/moved.csv
pack -o new --compare old new.csv
grep -E '^section|bridge,|Won and lost,' new/tables/moved.csv
sed -n '/moved/,/^$/p' new/summary.md
grep -c 'id="moved"' new/index.html
# In the tables, too: what the cell was.
grep -c '<small>was' same/index.html
sed -n '/<section id="bridge"/,/<\/section>/p' new/index.html |
	grep -oE '<td[^>]*moved"[^>]*>[^<]*<small>was <bdi>[^<]*' |
	sed 's/<[^>]*>/ /g; s/  */ /g'
pack -o again --by id --compare old old.csv
grep -o '[^>]*rows are about other columns' again/index.html
