# Activities of LeadSquared, or of any log, by --map: in UTC, as its audit
# trail is, beside leads in the zone of the account. Source: by hand. Created
# at 09:00 in India, 03:30 UTC; 2 h: called at 04:30 UTC after 1 h, 06:00 UTC
# after 2.5 h, by a robot after 10 minutes.
cat >leads.csv <<'END'
ProspectID,Lead Stage,Owner,Created On
7927b2df-8bba-4d29-b9a2-b6e0beafe621,Prospect,Asha,2026-03-02 09:00:00
7927b2df-8bba-4d29-b9a2-b6e0beafe622,Prospect,Asha,2026-03-02 09:00:00
7927b2df-8bba-4d29-b9a2-b6e0beafe623,Prospect,Asha,2026-03-02 09:00:00
END
cat >log.csv <<'END'
Lead,Event,When,System
7927b2df-8bba-4d29-b9a2-b6e0beafe621,Phone Call,2026-03-02T04:30:00Z,no
7927b2df-8bba-4d29-b9a2-b6e0beafe622,Phone Call,2026-03-02T06:00:00Z,no
7927b2df-8bba-4d29-b9a2-b6e0beafe623,Phone Call,2026-03-02T03:40:00Z,yes
END
cat >d.yaml <<'END'
timezone: Asia/Kolkata
stages:
  - name: Prospect
  - name: Opportunity
sales_touches:
  automated: { column: System }
sla:
  - { name: contact, start: created, stop: sales touch, within: 2h }
END
funnel-sla -q -d d.yaml --activities log.csv --as-of 2026-03-06T09:00:00Z \
	--in-tz Asia/Kolkata --map touch.record=Lead --map touch.type=Event \
	--map touch.date=When -f csv \
	-m met,late,breached,bad,automated_rate leads.csv
