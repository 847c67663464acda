select count(*) as reports, count(*) filter (where event_id = cast(:#${variable.event[id]} as uuid)) as written
from serai.document
where kind = 'weekly-report' and period = cast(:#${variable.week[period]} as text)
  and coalesce(workspace = cast(:#${variable.week[workspace]} as text), true)
