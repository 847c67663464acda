-- Which days a run is about: the one before its slot, or the one asked for, and those before it whose facts may
-- have come late. A day that was calculated before is compared with days up to a week before it, so what follows,
-- up to a week on, is looked at again, too.
with asked as (
  select coalesce((p ->> 'day')::date, ((r ->> 'slot')::timestamptz at time zone 'UTC')::date - 1) as day,
    (p ->> 'late')::numeric as late, p ->> 'agent' as agent, r ->> 'job' as job
  from cast(:#${variable.run} as jsonb) as r, coalesce(r -> 'parameters', '{}') as p
), place as materialized (
  select (select max(s.day) from analytics.daily_summary s where s.workspace = w) as d
  from analytics.next_workspaces_1(null,
    case when cast(:#${variable.run} as jsonb) ->> 'job' = 'daily-usage-summary' then 2147483647
      else 0 end) as w
), span as (
  select *, day - case when late between 0 and 92 then late::int else 0 end as first,
    greatest(day, least(day + 7, coalesce((select max(d) from place), day))) as last
  from asked
)
select to_char(day, 'YYYY-MM-DD') as day, to_char(first, 'YYYY-MM-DD') as first,
  to_char(case job when 'daily-usage-summary' then last else day end, 'YYYY-MM-DD') as last, agent,
  case when late not between 0 and 92 then
    format('Parameter ''late'' is %s; it must be a number of days from 0 to 92', late) end as refused,
  case job when 'daily-usage-summary'
    then (select count(*) from place)
    else (select count(*) from analytics.next_agents_1(null, null, 2147483647)) end as total,
  null::text as after, null::text as after_agent, 0::bigint as done, 0::bigint as written, 0::bigint as found,
  0 as progress, true as more
from span
