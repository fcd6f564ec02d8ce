# Wrong options and places, each with what to do. Nothing is made then, and what
# is there stays.
echo 'id,stage,created
d1,Won,2026-01-05' >deals.csv
mkdir there full empty
touch full/notes file
mkfifo pipe
try()
{
	echo "pack $*:" >&2
	funnel-pack "$@" >&2
	echo "exit $?" >&2
}
try -o out deals.csv
try --weekly --monthly -o out deals.csv
try --weekly deals.csv
try --weekly -o out
try --weekly -o full deals.csv
try --weekly -o file deals.csv
try --weekly -o none/out deals.csv
try --weekly -o . deals.csv
try --weekly -o out -
try --weekly -o out pipe
try --weekly -o out there
try --weekly -o out absent.csv
try --weekly -o out --touches absent.csv deals.csv
try --weekly -o out --lists deals.csv,absent.csv deals.csv
try --weekly -o out -d absent.yaml deals.csv
try --weekly -o out --by colour deals.csv
try --weekly -o out --review soon deals.csv
try --weekly -o out --review 2027-01-01 deals.csv
try --weekly -o out --target much deals.csv
try --weekly -o out --compare full deals.csv
try --weekly -o out --compare absent deals.csv
try --weekly -o out --period month deals.csv
try --weekly -o out --strict --map 'created=Nothing' deals.csv
ls
funnel-pack -q --weekly --no-charts -o empty/ deals.csv && ls empty
cp deals.csv empty/
try --weekly -o empty empty/deals.csv
ls empty
