-- Of the orders and refunds whose end nobody knows, the one that has waited longest among those whose
-- check is due by PhonePe's schedule, by the time since the hub has heard of it. It counts as asked from
-- here on. After its expiry, which PhonePe has told or is taken to be an hour, it is asked once an hour.
with run as (
  select cast(cast(:#${variable.started} as text) as timestamptz) as started,
    coalesce((cast(:#${variable.run} as jsonb) -> 'parameters' ->> 'all')::boolean, false) as asks_all
), schedule (age, every) as (
  values (interval '20 s', interval '3 s'), ('50 s', '6 s'), ('110 s', '10 s'), ('170 s', '30 s'), ('230 s', '1 min')
), open as (
  select 'order' as kind, cast(:#${properties:serai.phonepe.product:checkout} as text) as product, id, known_at
  from payments.payment where provider = 'phonepe' and state in ('created', 'pending')
  union all
  select 'refund', 'refunds', id, known_at
  from payments.refund where provider = 'phonepe' and state = 'pending'
), due as (
  select o.kind, o.product, o.id
  from run, open o
    left join payments.status_check s on s.provider = 'phonepe' and s.kind = o.kind and s.id = o.id
    left join lateral (
      select case when now() > coalesce(to_timestamp((s.answer ->> 'expireAt')::numeric / 1000),
          o.known_at + interval '1 hour') then interval '1 hour' else every end as every
      from schedule where age <= now() - o.known_at order by age desc limit 1) as now on true
  where o.id ~ '^[A-Za-z0-9_-]{1,63}$' and o.known_at > now() - interval '7 days'
    and coalesce(s.asked_at < started, true)
    -- A run is never to the moment.
    and (asks_all or now.every is not null and coalesce(s.asked_at <= now() - now.every + interval '1 s', true))
  order by s.asked_at nulls first, o.known_at limit 1
), asked as (
  insert into payments.status_check as s (provider, kind, id, asked_at)
  select 'phonepe', kind, id, clock_timestamp() from due
  on conflict (provider, kind, id) do update set asked_at = excluded.asked_at
  returning 1
)
select d.kind, d.product, d.id, d.id is not null as found
from (select count(*) from asked) as a left join due d on true
