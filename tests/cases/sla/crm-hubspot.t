# HubSpot: the first outreach of the contact's own row, and the export of
# activities. The row knows one touch only: where that came before the start,
# nobody knows what came after it, and there is no second one to count as an
# attempt. An activity of the log that the row names too is one touch.
# Source: by hand. MQL on 2 March 09:00, 2 h: 101 after 1 h, 102 after 2.5 h,
# 103 never, 104 the day before. The log has 101 again, with a second call, and
# 104 after 4 h, but as a note.
cat >contacts.csv <<'END'
Record ID,First Name,Last Name,Email,Contact owner,Lifecycle Stage,Create Date,Became a Lead Date,Became a Marketing Qualified Lead Date,First outreach date
101,Ann,One,ann@example.com,Asha,Marketing Qualified Lead,2026-03-01 08:00,2026-03-01 08:00,2026-03-02 09:00,2026-03-02 10:00
102,Bob,Two,bob@example.com,Asha,Marketing Qualified Lead,2026-03-01 08:00,2026-03-01 08:00,2026-03-02 09:00,2026-03-02 11:30
103,Cid,Three,cid@example.com,Asha,Marketing Qualified Lead,2026-03-01 08:00,2026-03-01 08:00,2026-03-02 09:00,
104,Dan,Four,dan@example.com,Asha,Marketing Qualified Lead,2026-03-01 08:00,2026-03-01 08:00,2026-03-02 09:00,2026-03-01 12:00
END
cat >log.csv <<'END'
Activity date,Activity type,Activity assigned to,Associated Contact IDs
2026-03-02 10:00,Call,Asha,101
2026-03-02 10:20,Email,Asha,101
2026-03-02 13:00,Note,Asha,104
END
cat >d.yaml <<'END'
stages:
  - name: Lead
  - name: MQL
    aliases: [Marketing Qualified Lead]
sales_touches:
  types: [call, email]
sla:
  - { name: contact, start: MQL, stop: sales touch, within: 2h }
  - { name: worked, share_of: MQL, touched: true }
  - { name: attempts, start: MQL, attempts: 3, within: 24h }
END
funnel-sla -q -d d.yaml --as-of 2026-03-06T09:00:00Z -f csv \
	-c contact,worked -m met,late,breached,bad contacts.csv
funnel-sla -q -d d.yaml --as-of 2026-03-06T09:00:00Z -f csv \
	-c contact --report breaches -m status,late_by,why contacts.csv
funnel-sla -q -d d.yaml --as-of 2026-03-06T09:00:00Z -f csv \
	--activities log.csv -m met,late,breached,bad,pretouch_rate contacts.csv
funnel-sla -q -d d.yaml --as-of 2026-03-06T09:00:00Z -f csv \
	--activities log.csv -c attempts --report breaches \
	-m attempts,why contacts.csv
# Three attempts cannot be seen in a row that has one.
funnel-sla -q -d d.yaml -c attempts contacts.csv
