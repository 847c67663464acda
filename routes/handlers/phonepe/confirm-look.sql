-- Nothing is asked about an order or refund whose end is known, nor about an id that PhonePe did not
-- know within the last day, unless it is ours: announced, or known to PhonePe before. Nor is an id
-- asked about every moment. Other ids spend a budget, which grows with the time.
with most (ids) as (
  select cast(:#${properties:serai.phonepe.unknown-ids:100} as numeric)
), webhook as (
  select name, case when name like '%refund%' then 'refund'
      when name like '%order%' or name like '%transaction%' then 'order' end as kind,
    case when name like '%refund%' then 'refunds' when name like 'checkout.%' then 'checkout'
      when name like 'subscription.%' then 'subscriptions' when name like 'paylink.%' then 'paylinks'
      else 'payments' end as product,
    case when name like '%refund%' then p ->> 'merchantRefundId' else p ->> 'merchantOrderId' end as id
  from cast(:#${variable.webhook} as jsonb) as e,
    -- Old accounts have the type PG_ORDER_COMPLETED alone.
    lateral (select e -> 'payload' as p,
      left(translate(lower(coalesce(e ->> 'event', e ->> 'type')), '_', '.'), 100) as name) as x
), question as (
  select w.kind, w.id, s.state, s.asked_at,
    coalesce(s.asked_at > now() - interval '3 s', false) as is_fresh,
    coalesce(s.state <> 'UNKNOWN', false)
      or w.kind = 'order' and exists (
        select from payments.payment p where p.provider = 'phonepe' and p.id = w.id)
      or w.kind = 'refund' and exists (
        select from payments.refund r where r.provider = 'phonepe' and r.id = w.id) as is_ours
  from webhook w left join payments.status_check s
    on s.provider = 'phonepe' and s.kind = w.kind and s.id = w.id
  where w.kind is not null and w.id ~ '^[A-Za-z0-9_-]{1,63}$'
), open as (
  select * from question
  where case when state in ('COMPLETED', 'FAILED', 'EXPIRED', 'CANCELLED') then false
    when state = 'UNKNOWN' and not is_ours then asked_at < now() - interval '1 day'
    else true end
), spent as (
  insert into payments.status_budget as b (provider, available, counted_at)
  select 'phonepe', ids - 1, now() from open, most
  where not is_ours and not is_fresh and ids >= 1 and not exists (
    -- Without a lock: in a flood there is mostly nothing left.
    select from payments.status_budget b where provider = 'phonepe'
      and b.available + extract(epoch from now() - b.counted_at) / 3600 * ids < 1)
  on conflict (provider) do update set counted_at = now(), available = least((select ids from most),
    b.available + extract(epoch from now() - b.counted_at) / 3600 * (select ids from most)) - 1
  where b.available + extract(epoch from now() - b.counted_at) / 3600 * (select ids from most) >= 1
  returning 1
), asked as (
  insert into payments.status_check as s (provider, kind, id, asked_at)
  select 'phonepe', kind, id, now() from open
  where not is_fresh and (is_ours or exists (select from spent))
  on conflict (provider, kind, id) do update set asked_at = now()
  where s.asked_at < now() - interval '3 s'
  returning 1
)
select name, w.kind, product, w.id, exists (select from asked) as ask,
  exists (select from spent) as counted,
  case when o.id is null or exists (select from asked) then null
    when is_fresh or is_ours or exists (select from spent)
      then 'PhonePe was asked about ' || w.id || ' a moment ago'
    else 'PhonePe was asked about too many unknown ids (serai.phonepe.unknown-ids), ' || w.id
      || ' must wait' end as wait
from webhook w left join open o on true
