# Columns of stage dates, from the definitions file and from --map, make a list
# a record of its history. By hand: p became an MQL and won, q was lost, r
# skipped MQL; s has its MQL before its lead date, which the notes count.
cat >sheet.csv <<'EOF'
No,First seen,Qualified,Order,Dead
p,2026-01-01,2026-01-05,2026-02-01,
q,2026-01-02,2026-01-06,,2026-02-02
r,2026-01-03,,2026-02-03,
s,2026-01-09,2026-01-04,,
EOF
cat >agreed.yaml <<'EOF'
stages:
  - name: Lead
  - name: MQL
  - name: Won
    outcome: won
  - name: Lost
    outcome: lost
columns:
  - { field: id, column: No }
  - { stage: Lead, column: First seen }
  - { stage: Won, column: Order }
EOF
funnel-convert -f table -a -d agreed.yaml --map stage:MQL=Qualified \
	--map stage:Lost=Dead -m entered,converted,lost,open,imputed sheet.csv |
	sed -n '/^Stage  /,/^Won/p;/^order_viol/p;/^wide/p'
