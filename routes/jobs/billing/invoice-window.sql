-- The month (UTC) to invoice: the one that is asked for, or the one before the slot. What was told
-- late of months before is looked for, too.
with run as (
  select (r ->> 'slot')::timestamptz at time zone 'UTC' as slot, r -> 'parameters' as asked
  from cast(:#${body} as jsonb) as r
), span as (
  select slot, asked ->> 'workspace' as workspace, (asked ->> 'late')::int as late,
    coalesce((asked ->> 'period') || '-01', to_char(slot - interval '1 month', 'YYYY-MM-01'))::date as month
  from run
)
select workspace, cast(month - make_interval(months => late) as date) as since,
  cast(month + interval '1 month' as date) as until, to_char(month, 'YYYY-MM') as period,
  slot >= month + interval '1 month' as over, to_char(slot, 'YYYY-MM-DD') as day
from span
