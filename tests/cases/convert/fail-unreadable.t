# A file without permission to read: the system says no, 4. root may read
# everything, so there it is skipped.
if [ "$(id -u)" = 0 ]; then
	echo 'root can read every file' >&2
	exit 77
fi
echo id,stage,created >locked.csv
chmod 000 locked.csv
funnel-convert --stages Open,won:Won locked.csv
