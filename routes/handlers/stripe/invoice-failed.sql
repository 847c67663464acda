-- The provider numbers its attempts: each is told of once, an old one never, none after payment.
with stripe as (
  select e -> 'data' -> 'object' as o, to_timestamp((e ->> 'created')::bigint) as at
  from cast(# as jsonb) as e
), saved as (
  insert into payments.invoice as i
    (provider, id, number, status, customer, workspace, subscription_id, currency, amount_due,
     amount_paid, attempts, failed_at)
  select 'stripe', o ->> 'id', o ->> 'number', 'open', o ->> 'customer',
    o -> 'metadata' ->> 'workspace_id',
    coalesce(o -> 'parent' -> 'subscription_details' ->> 'subscription', o ->> 'subscription'),
    o ->> 'currency', (o ->> 'amount_due')::bigint, (o ->> 'amount_paid')::bigint,
    coalesce((o ->> 'attempt_count')::int, 1), at
  from stripe
  on conflict (provider, id) do update set
    attempts = excluded.attempts, failed_at = excluded.failed_at, updated_at = now()
  where excluded.attempts > i.attempts
  returning *
)
select json_build_object('provider', provider, 'id', id, 'number', number, 'status', status,
  'customer', customer, 'workspace', workspace, 'subscription', subscription_id,
  'currency', currency, 'amount_due', amount_due, 'attempts', attempts,
  'failed_at', failed_at)::text
from saved where paid_at is null
