# Calls of Zoho; a missed one reached nobody. Source: by hand. Created on 2
# March 09:00, 2 h: called after 1 h, after 2.5 h, missed after 10 minutes.
cat >leads.csv <<'END'
Record Id,Lead Owner,Company,Last Name,Lead Status,Lead Source,Created Time
zcrm_301,Asha,Alpha,One,Contacted,Web,2026-03-02 09:00:00
zcrm_302,Asha,Beta,Two,Contacted,Web,2026-03-02 09:00:00
zcrm_303,Asha,Gamma,Three,Not Contacted,Web,2026-03-02 09:00:00
END
cat >calls.csv <<'END'
Record Id,Call Type,Call Start Time,Call Duration,Call Owner,Lead Id,Subject
zcrm_501,Outbound,2026-03-02 10:00:00,05:10,Asha,zcrm_301,First call
zcrm_502,Outbound,2026-03-02 11:30:00,01:10,Asha,zcrm_302,First call
zcrm_503,Missed,2026-03-02 09:10:00,00:00,Asha,zcrm_303,First call
END
cat >d.yaml <<'END'
stages:
  - { name: Lead, aliases: [Not Contacted] }
  - { name: MQL, aliases: [Contacted] }
sla:
  - { name: contact, start: created, stop: sales touch, within: 2h }
END
funnel-sla -q -d d.yaml --activities calls.csv --as-of 2026-03-06T09:00:00Z \
	-f csv -m met,late,breached,bad leads.csv
