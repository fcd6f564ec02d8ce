# Wrong command lines: 2, one error that names the word and what is known, and
# where the help is; nothing on stdout. Options are checked before files.
try()
{
	funnel-convert "$@" absent.csv
	echo "$*: $?"
}
funnel-convert
echo "no file: $?"
for option in --nonsense --mode=reach --basis=cohrt --format=xml \
	--report=stage --period=fortnight --count=all --ci=wald --anchor=last \
	--reentry=worst --dup=first --wide-dates=last --zoho-history=both \
	--decimal=dot --preset=pipedrive --tz=Asia/Bangalore --in-tz=IST \
	--from=1/2/2026 --to=tomorrow --as-of=2026-02-30 --horizon=90 \
	--window=soon --confidence=2 --max-bad=-1 --mature=long \
	--passport=loss_rate; do
	try "$option"
done
try --from 2026-02-01 --to 2026-02-01
try --basis horizon
try --basis cohort --horizon 30d
try --mode direct --basis period
try --mode strict --basis active
try --mode strict --count entries
try --mature 90d --basis closed
try --passport win_rate --report stages
try --passport win_rate --mature 90d
try --passport win_rate --basis closed
try --passport win_rate --by source
try --passport win_rate --mode direct
try -d agreed.yaml --stages Lead,MQL
try --stages Lead,Lead
try --map
try --by owner,source,owner
try --last-rejected 0
