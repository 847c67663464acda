-- A paid invoice is final and told of once. Where the subscription stands depends on the API version.
with stripe as (
  select e -> 'data' -> 'object' as o, to_timestamp((e ->> 'created')::bigint) as at
  from cast(# as jsonb) as e
), saved as (
  insert into payments.invoice as i
    (provider, id, number, status, customer, workspace, subscription_id, currency, amount_due,
     amount_paid, paid_at)
  select 'stripe', o ->> 'id', o ->> 'number', 'paid', o ->> 'customer',
    o -> 'metadata' ->> 'workspace_id',
    coalesce(o -> 'parent' -> 'subscription_details' ->> 'subscription', o ->> 'subscription'),
    o ->> 'currency', (o ->> 'amount_due')::bigint, (o ->> 'amount_paid')::bigint,
    coalesce(to_timestamp((o -> 'status_transitions' ->> 'paid_at')::bigint), at)
  from stripe
  on conflict (provider, id) do update set
    number = excluded.number, status = excluded.status, customer = excluded.customer,
    workspace = excluded.workspace, subscription_id = excluded.subscription_id,
    amount_due = excluded.amount_due, amount_paid = excluded.amount_paid,
    paid_at = excluded.paid_at, updated_at = now()
  where i.paid_at is null
  returning *
)
select json_build_object('provider', provider, 'id', id, 'number', number, 'status', status,
  'customer', customer, 'workspace', workspace, 'subscription', subscription_id,
  'currency', currency, 'amount_due', amount_due, 'amount_paid', amount_paid,
  'paid_at', paid_at)::text
from saved
