-- The ISO week before the slot, or the one asked for.
with asked as (
  select (r ->> 'slot')::timestamptz at time zone 'UTC' as slot, p ->> 'week' as week, p ->> 'workspace' as workspace
  from cast(:#${variable.run} as jsonb) as r, coalesce(r -> 'parameters', '{}') as p
), named as (
  select *, case when week is null then date_trunc('week', slot)::date - 7
    when week ~ '^[1-9][0-9]{3}-W[0-5][0-9]$' then to_date(week, 'IYYY-"W"IW') end as monday
  from asked
)
select to_char(monday, 'YYYY-MM-DD') as monday, to_char(monday, 'IYYY-"W"IW') as period, workspace,
  case when to_char(monday, 'IYYY-"W"IW') is distinct from coalesce(week, to_char(monday, 'IYYY-"W"IW')) then
    format('Parameter ''week'' is ''%s''; it must be an ISO week such as 2026-W47', week) end as refused,
  case when workspace is null
    then (select count(*) from analytics.next_workspaces_1(null, 2147483647)) end as total,
  null::text as after, 0::bigint as done, 0 as progress, true as more
from named
