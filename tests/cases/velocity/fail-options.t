# Wrong command lines: 2, one error that names the word and what is known, and
# where the help is; nothing on stdout. Options are checked before files; what
# a report does not take is an error and not ignored.
try()
{
	funnel-velocity "$@"
	echo "$*: $?"
}
funnel-velocity
echo "no file: $?"
for option in --nonsense --report=cycles --basis=close --cycles=join \
	--horizon=90 --horizon=-3d --split=yesterday --period=fortnight \
	--confidence=95 --basis=open --fx=close --by=; do
	try "$option" absent.csv
done
for option in --basis=cohrt --stat=average --trailing=year --bootstrap=-1 \
	--bootstrap=100000000000 --seed=x --fx=today; do
	try --report velocity "$option" absent.csv
done
try --report stages --stay=longest absent.csv
try --report stages --basis=open absent.csv
try --report week --bridge=stages absent.csv

# Options of other reports.
try --stay first absent.csv
try --bridge stage absent.csv
try --trailing 90d absent.csv
try --report stages --end SQL absent.csv
try --report week --horizon 30d absent.csv
try --report velocity --cycles split absent.csv
try --report velocity --split 2026-01-01 absent.csv
try --report week --stat median absent.csv
try --report week --basis created absent.csv
