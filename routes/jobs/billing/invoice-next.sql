select min(workspace) as workspace, count(*) > 0 as more,
  least(100, cast(:#${variable.count} as int) * 100 / greatest(1, cast(:#${variable.due} as int))) as percent
from (
  select * from billing.due_1(cast(:#${variable.window[period]} as text),
    cast(:#${variable.window[workspace]} as text), coalesce(cast(:#${variable.invoiced} as text), '')) as d (workspace)
  limit 1
) as next
