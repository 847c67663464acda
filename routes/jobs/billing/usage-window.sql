-- The months (UTC) to add up: the one that is asked for, or that of the slot and, in the first days
-- of a month, the one before.
with run as (
  select (r ->> 'slot')::timestamptz at time zone 'UTC' as slot, r -> 'parameters' as asked
  from cast(:#${body} as jsonb) as r
), span as (
  select asked ->> 'workspace' as workspace,
    coalesce((asked ->> 'period') || '-01', to_char(slot - case
      when extract(day from slot) <= (asked ->> 'days')::int then interval '1 month'
      else interval '0' end, 'YYYY-MM-01'))::date as since,
    coalesce((asked ->> 'period') || '-01', to_char(slot, 'YYYY-MM-01'))::date as last
  from run
)
select workspace, since, cast(last + interval '1 month' as date) as until,
  to_char(since, 'YYYY-MM') as first_period, to_char(last, 'YYYY-MM') as period,
  concat(case when since < last then to_char(since, 'YYYY-MM') || ' and ' end, to_char(last, 'YYYY-MM')) as months
from span
