# Activities as Salesforce exports them: tasks of the data loader, where a task
# is a touch once it was done (R50) and the instant is the completion; without
# one it is a bare date, which hours cannot be measured by, but days can.
# Source: by hand. Created on 2 March 09:00; 1 completed 10:30, 1.5 of 2 h: met;
# 2 done on the 3rd, no time: bad in hours, met in days; 3 not done and 4
# without a task: 96 h until as-of, 94 and 48 past the targets.
cat >leads.csv <<'END'
"Id","IsDeleted","LastName","Company","Status","LeadSource","OwnerId","CreatedDate"
"00Q1G00000nDnM1AAK","false","One","Alpha","Open - Not Contacted","Web","0051G000001AAAAQA2","2026-03-02T09:00:00.000Z"
"00Q1G00000nDnM2AAK","false","Two","Beta","Open - Not Contacted","Web","0051G000001AAAAQA2","2026-03-02T09:00:00.000Z"
"00Q1G00000nDnM3AAK","false","Three","Gamma","Open - Not Contacted","Web","0051G000001AAAAQA2","2026-03-02T09:00:00.000Z"
"00Q1G00000nDnM4AAK","false","Four","Delta","Open - Not Contacted","Web","0051G000001AAAAQA2","2026-03-02T09:00:00.000Z"
END
cat >tasks.csv <<'END'
"Id","WhoId","WhatId","OwnerId","Subject","ActivityDate","Status","TaskSubtype","IsClosed","CreatedDate","CompletedDateTime"
"00T1G00000tAsK1UAK","00Q1G00000nDnM1AAK","","0051G000001AAAAQA2","Call","2026-03-02","Completed","Call","true","2026-03-02T09:05:00.000Z","2026-03-02T10:30:00.000Z"
"00T1G00000tAsK2UAK","00Q1G00000nDnM2AAK","","0051G000001AAAAQA2","Call","2026-03-03","Completed","Call","true","2026-03-02T09:05:00.000Z",""
"00T1G00000tAsK3UAK","00Q1G00000nDnM3AAK","","0051G000001AAAAQA2","Call","2026-03-02","Not Started","Call","false","2026-03-02T09:05:00.000Z",""
END
cat >d.yaml <<'END'
stages:
  - name: Lead
    aliases: [Open - Not Contacted]
  - name: MQL
sla:
  - { name: hours, start: created, stop: sales touch, within: 2h }
  - { name: days, start: created, stop: sales touch, within: 2d }
END
funnel-sla -q -d d.yaml --activities tasks.csv --as-of 2026-03-06T09:00:00Z \
	-f csv -m met,late,breached,bad leads.csv
funnel-sla -q -d d.yaml --activities tasks.csv --as-of 2026-03-06T09:00:00Z \
	-f csv --report breaches -m status,late_by,why leads.csv
