-- What is older than this goes, by the slot, so that a run that comes late deletes no more than it would have.
with age as (
  select least(cast(:#${variable.job[slot]} as timestamptz), now())
    - make_interval(days => :#${variable.job[parameters][days]}::int) as before
)
select 0::bigint as executions, 0::bigint as contents, true as more,
  to_char(before at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as before,
  (select count(*) from analytics.execution where happened_at < before)
    + (select count(*) from analytics.content where happened_at < before) as total
from age
