# What an input lacks is a section that says what it would need, in the summary,
# on the page, in the workbook and in the manifest, and no failure.
cat >deals.csv <<'END'
id,stage,created,close_date
d1,Won,2026-01-05,2026-01-20
END
funnel-pack -q --no-charts --quarterly --as-of 2026-04-01 deals.csv -o review
sed -n '/lacks/,$p' review/summary.md
grep -c 'class="lacks"' review/index.html
jq -r '.notes.lacks | length' review/manifest.json
ls review/tables
