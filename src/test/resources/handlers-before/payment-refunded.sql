-- A charge carries the sum of its refunds, which only grows: a smaller one is old news.
with stripe as (
  select o, to_timestamp((e ->> 'created')::bigint) as at,
    -- Charges made without a payment intent stand for themselves.
    coalesce(o ->> 'payment_intent', o ->> 'id') as id,
    coalesce((o ->> 'amount_captured')::bigint, (o ->> 'amount')::bigint) as amount,
    (o ->> 'amount_refunded')::bigint as refunded
  from cast(# as jsonb) as e, lateral (select e -> 'data' -> 'object' as o) as x
), saved as (
  insert into payments.payment as p
    (provider, id, status, amount, amount_refunded, currency, customer, workspace, refunded_at)
  select 'stripe', id, case when refunded < amount then 'partially_refunded' else 'refunded' end,
    amount, refunded, o ->> 'currency', o ->> 'customer', o -> 'metadata' ->> 'workspace_id', at
  from stripe where refunded > 0
  on conflict (provider, id) do update set
    status = excluded.status, amount_refunded = excluded.amount_refunded,
    refunded_at = excluded.refunded_at, updated_at = now()
  where excluded.amount_refunded > p.amount_refunded
  returning *
)
select json_build_object('provider', provider, 'id', id, 'status', status, 'amount', amount,
  'amount_refunded', amount_refunded, 'currency', currency, 'customer', customer,
  'workspace', workspace, 'refunded_at', refunded_at)::text
from saved
