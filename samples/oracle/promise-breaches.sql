-- Follow-ups to act on: breached by most hours first, then bad ones by start.
.read samples/oracle/promise.load
SELECT lead AS id, status, strftime('%Y-%m-%dT%H:%M:%SZ', start, 'unixepoch')
	AS start,
	CASE status WHEN 'breached' THEN printf('%.6f', elapsed / 3600.0) END
	AS elapsed,
	CASE status WHEN 'breached' THEN printf('%.6f', over / 3600.0) END
	AS late_by
FROM judged WHERE name = 'follow-up' AND status IN ('breached', 'bad')
ORDER BY status = 'bad', CASE status WHEN 'breached' THEN -over END, judged.start;
