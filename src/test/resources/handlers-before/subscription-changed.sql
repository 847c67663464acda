-- Stripe's events come in any order and know the second only. One is taken if it is later than what
-- is known, or of the same second and not what the known one replaced. An end is final.
with stripe as (
  select o, e -> 'data' -> 'previous_attributes' as replaced,
    to_timestamp((e ->> 'created')::bigint) as at,
    case e ->> 'type' when 'customer.subscription.created' then 0
      when 'customer.subscription.deleted' then 2 else 1 end as rank
  from cast(# as jsonb) as e, lateral (select e -> 'data' -> 'object' as o) as x
), known as (
  select s.* from payments.subscription s, stripe
  where s.provider = 'stripe' and s.id = o ->> 'id'
), saved as (
  insert into payments.subscription as s
    (provider, id, status, customer, workspace, plan, quantity, currency, amount, period_start,
     period_end, cancel_at_period_end, ended_at, version_at, version_rank, version_replaced)
  select 'stripe', o ->> 'id', o ->> 'status', o ->> 'customer', o -> 'metadata' ->> 'workspace_id',
    coalesce(item -> 'price' ->> 'lookup_key', item -> 'price' ->> 'id', o -> 'plan' ->> 'id'),
    coalesce((item ->> 'quantity')::bigint, (o ->> 'quantity')::bigint), o ->> 'currency',
    coalesce((item -> 'price' ->> 'unit_amount')::bigint, (o -> 'plan' ->> 'amount')::bigint),
    -- The period stands with the items since 2025-03-31.basil, before with the subscription.
    to_timestamp(coalesce(item ->> 'current_period_start', o ->> 'current_period_start')::bigint),
    to_timestamp(coalesce(item ->> 'current_period_end', o ->> 'current_period_end')::bigint),
    coalesce((o ->> 'cancel_at_period_end')::boolean, false),
    to_timestamp((o ->> 'ended_at')::bigint), at, rank, replaced
  from stripe, lateral (select o -> 'items' -> 'data' -> 0 as item) as i
  where not exists (
    select from known k
    where k.version_rank = 2
      or rank < 2 and (at, rank) < (k.version_at, k.version_rank)
      or (at, rank) = (k.version_at, k.version_rank) and k.version_replaced <> '{}'
        and o @> k.version_replaced)
  on conflict (provider, id) do update set
    status = excluded.status, customer = excluded.customer, workspace = excluded.workspace,
    plan = excluded.plan, quantity = excluded.quantity, currency = excluded.currency,
    amount = excluded.amount, period_start = excluded.period_start,
    period_end = excluded.period_end, cancel_at_period_end = excluded.cancel_at_period_end,
    ended_at = excluded.ended_at, version_at = excluded.version_at,
    version_rank = excluded.version_rank, version_replaced = excluded.version_replaced,
    updated_at = now()
  returning *
)
select
  case when s.version_rank = 2 then 'subscription.deleted'
    when k.id is null then 'subscription.created' else 'subscription.updated' end as type,
  json_build_object('provider', s.provider, 'id', s.id, 'status', s.status, 'customer', s.customer,
    'workspace', s.workspace, 'plan', s.plan, 'quantity', s.quantity, 'currency', s.currency,
    'amount', s.amount, 'period_start', s.period_start, 'period_end', s.period_end,
    'cancel_at_period_end', s.cancel_at_period_end, 'ended_at', s.ended_at)::text as data
from saved s left join known k using (provider, id)
where k.id is null
  or (s.status, s.plan, s.quantity, s.amount, s.period_start, s.period_end, s.cancel_at_period_end,
      s.ended_at)
  is distinct from (k.status, k.plan, k.quantity, k.amount, k.period_start, k.period_end,
      k.cancel_at_period_end, k.ended_at)
