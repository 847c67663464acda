-- The next two hundred workspaces, and which of them did anything in the week or the one before. What has no name
-- is in the report of all only.
with span as (
  select cast(:#${variable.week[monday]} as date) - 7 as first, cast(:#${variable.week[monday]} as date) + 6 as last,
    cast(:#${variable.week[workspace]} as text) as workspace, cast(:#${variable.step[after]} as text) as after
), place as materialized (
  select w as workspace from analytics.next_workspaces_1(cast(:#${variable.step[after]} as text),
    case when cast(:#${variable.week[workspace]} as text) is null then 200 else 0 end) as w
), reported as (
  select p.workspace from span, place p
  where p.workspace not in ('', '*') and analytics.is_active_1(p.workspace, span.first, span.last)
  union all
  select span.workspace from span
  where span.workspace not in ('', '*') and analytics.is_active_1(span.workspace, span.first, span.last)
  union all
  select '*' from span
  where coalesce(span.workspace, '*') = '*' and span.after is null and exists (
    select from analytics.next_workspaces_1(null, 2147483647) as w
    where analytics.is_active_1(w, span.first, span.last))
), counted as (
  select count(*) as places, max(workspace) as after from place
)
select array_to_json(array(select workspace from reported order by workspace))::text as workspaces,
  c.after, c.places = 200 as more, cast(:#${variable.step[done]} as bigint) + c.places as done,
  least(100, 100 * (cast(:#${variable.step[done]} as bigint) + c.places)
    / greatest(cast(:#${variable.week[total]} as bigint), 1)) as progress
from counted c
