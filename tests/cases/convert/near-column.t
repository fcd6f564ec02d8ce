# A column that is not there: the nearest name is looked for in every file, not
# only in the first one that is given.
cat >leads.csv <<'END'
id,created,Lead Source
a,2026-01-02,Web
END
cat >history.csv <<'END'
id,stage,stage entered
a,Lead,2026-01-02
END
for files in 'leads.csv history.csv' 'history.csv leads.csv'; do
	# shellcheck disable=SC2086 # two names
	funnel-convert --stages Lead,won:Won --by 'Lead Sorce' \
		--map 'stage_entered=stage entered' $files
	echo "exit $?"
done
