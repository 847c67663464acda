-- What to look at next: from where this run, or the one before it, has ended. Overlap is for what a
-- provider shows late, and settle leaves alone what is under way. Whoever names a beginning gets
-- that, and nothing is remembered of it, because there may be a gap before.
with provider (name, first, slice, overlap, settle) as (values
  ('stripe', '3 days', '6 hours', cast(:#${properties:serai.stripe.overlap:10m} as text), '0 s'),
  ('supabase', '1 day', '30 days', cast(:#${properties:serai.supabase.overlap:10m} as text),
    cast(:#${properties:serai.supabase.settle:30s} as text))
), looking as (
  select l.name, first::interval, slice::interval, overlap::interval, settle::interval,
    coalesce(cast(:#${variable.run} as jsonb) -> 'parameters', '{}') as asked,
    cast(nullif(cast(:#${variable.reached} as text), '') as timestamptz) as reached
  from cast(:#${variable.looking} as text) as l (name)
    join provider p on p.name = split_part(l.name, '/', 1)
), span as (
  select l.*, greatest(now() - interval '30 days', coalesce(reached, (asked ->> 'since')::timestamptz,
      r.until - overlap, now() - first)) as begins,
    least((asked ->> 'until')::timestamptz, now() - settle) as ends
  from looking l left join serai.reconciliation r on r.name = l.name
), next as (
  -- The last part may be a little longer.
  select *, case when begins + slice + interval '1 min' < ends then begins + slice
    else greatest(begins, ends) end as stops
  from span
)
select name, stops < ends as more,
  asked ->> 'since' is null and not coalesce((asked ->> 'undelivered')::boolean, false) as remembered,
  coalesce((asked ->> 'undelivered')::boolean, false) as undelivered,
  to_char(begins at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as since,
  to_char(stops at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as until,
  floor(extract(epoch from begins))::bigint as since_second,
  floor(extract(epoch from stops))::bigint as until_second
from next
