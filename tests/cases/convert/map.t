# --map names any column, in other alphabets and with blanks, whatever the
# preset would have taken; given twice it counts as given last, so that it
# overrides the definitions file. A column that is not there is an error that
# names the nearest one, as is a field that nobody knows.
cat >deals.csv <<'EOF'
Nummer,Stage,Phase (neu),Créé le,Montant
a,Won,Lost,2026-01-01,10
b,Won,Won,2026-02-01,20
EOF
cat >agreed.yaml <<'EOF'
stages: [{ name: Open }, { name: Won, outcome: won },
  { name: Lost, outcome: lost }]
columns:
  - { field: id, column: Nummer }
  - { field: stage, column: Stage }
EOF
report()
{
	funnel-convert -f csv -d agreed.yaml --report outcomes \
		-m records,won,lost,won_value deals.csv "$@"
}
report
report --map 'stage=Phase (neu)' --map amount=Montant
report --map stage=Stage --map 'stage=phase_(NEU)' \
	--map 'created=Créé le' --where created=2026-02-01
for map in id=Numer stagee=Stage stage nonsense=Stage stage:Openn=Stage; do
	report --map "$map"
	echo $?
done
