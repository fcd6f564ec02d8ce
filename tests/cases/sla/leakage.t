# Leads that were handed over and never touched (L20), by hand: of eight that
# reached SAL by the evening of 20 January, 1 is touched in time, 2 too late, 3
# before the hand-over only, 4 by a robot only, 5 never, 6 has two hours left,
# 7 was closed within the 24 hours, and 8 closed after them. Leaked are 3, 4,
# 5 and 8 of 8; without a time limit 6 and 7 are, too. Nine never was a SAL.
cat >agreed.yaml <<'END'
stages:
  - { name: MQL, owner: marketing }
  - { name: SAL, owner: sales }
  - { name: Disqualified, outcome: rejected }
sla:
  - { name: follow-up, owner: sales, start: SAL, stop: sales touch, within: 24h }
  - { name: in time, owner: sales, share_of: SAL, touched: true, within: 24h }
  - { name: ever, owner: sales, share_of: SAL, touched: true }
  - { name: twice, owner: sales, start: SAL, attempts: 2, within: 24h }
  - { name: assigned, owner: marketing, start: MQL, stop: SAL, within: 24h }
sales_touches:
  automated: { column: Automated }
END
{
	echo id,stage,stage_entered
	for id in 1 2 3 4 5 7 8; do
		echo "$id,SAL,2026-01-10T10:00:00Z"
	done
	echo 6,SAL,2026-01-19T20:00:00Z
	echo 7,Disqualified,2026-01-11T09:00:00Z
	echo 8,Disqualified,2026-01-12T10:00:00Z
	echo 9,MQL,2026-01-10T10:00:00Z
} >log.csv
cat >calls.csv <<'END'
id,date,type,Automated
1,2026-01-10T11:00:00Z,call,no
2,2026-01-13T10:00:00Z,call,no
3,2026-01-09T10:00:00Z,call,no
4,2026-01-10T10:01:00Z,email,yes
9,2026-01-11T10:00:00Z,call,no
END
funnel-sla -q -f csv -d agreed.yaml --as-of 2026-01-20T18:00:00Z \
	--activities calls.csv -m leak_rate,breached,late,pending,void,na log.csv
