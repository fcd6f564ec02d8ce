# The same bytes under any locale and any TZ of the environment: month names,
# upper and lower case (a Turkish i), decimal commas, sorting, day borders.
# Locales that this machine does not have behave as C and are tried all the
# same.
run()
{
	for format in csv table json md; do
		env "$@" funnel-convert -f $format --by source \
			samples/zoho-leads.csv
		env "$@" funnel-convert -f $format --period day --by owner \
			samples/salesforce-opportunity-history.csv \
			--map owner=CreatedById 2>&1
	done
	env "$@" funnel-convert -f csv --mode reach samples/zoho-leads.csv 2>&1
	env "$@" funnel-convert --help
}
run LC_ALL=C TZ=UTC >reference
for locale in C C.UTF-8 en_US.UTF-8 de_DE.UTF-8 tr_TR.UTF-8 hi_IN.UTF-8; do
	run LC_ALL=$locale TZ=UTC | cmp reference - || echo $locale
done
for zone in Asia/Kolkata America/New_York Pacific/Kiritimati :bad; do
	run LC_ALL=C TZ=$zone | cmp reference - || echo $zone
done
run LC_ALL=C TZ=UTC COLUMNS=20 FUNNEL=x | cmp reference -
[ "$(wc -l <reference)" -gt 100 ] || wc -l reference
