-- A success is final: it is told of once, and nothing that arrives late takes it back.
with stripe as (
  select e -> 'data' -> 'object' as o, to_timestamp((e ->> 'created')::bigint) as at
  from cast(# as jsonb) as e
), saved as (
  insert into payments.payment as p
    (provider, id, status, amount, currency, customer, workspace, succeeded_at)
  select 'stripe', o ->> 'id', 'succeeded',
    coalesce((o ->> 'amount_received')::bigint, (o ->> 'amount')::bigint), o ->> 'currency',
    o ->> 'customer', o -> 'metadata' ->> 'workspace_id', at
  from stripe
  on conflict (provider, id) do update set
    -- A refund may have come first.
    status = case when p.amount_refunded > 0 then p.status else excluded.status end,
    amount = excluded.amount, currency = excluded.currency, customer = excluded.customer,
    workspace = excluded.workspace, succeeded_at = excluded.succeeded_at, updated_at = now()
  where p.succeeded_at is null
  returning *
)
select json_build_object('provider', provider, 'id', id, 'status', status, 'amount', amount,
  'currency', currency, 'customer', customer, 'workspace', workspace,
  'succeeded_at', succeeded_at)::text
from saved
