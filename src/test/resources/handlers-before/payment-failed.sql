-- Each failed attempt is told of once, and none after the payment has succeeded.
with stripe as (
  select o, o -> 'last_payment_error' as error, at,
    coalesce(o -> 'last_payment_error' ->> 'charge', e ->> 'id') as attempt
  from cast(# as jsonb) as e,
    lateral (select e -> 'data' -> 'object' as o, to_timestamp((e ->> 'created')::bigint) as at) as x
), attempt as (
  insert into payments.failed_attempt (provider, payment_id, attempt, at, code, message)
  select 'stripe', o ->> 'id', attempt, at, coalesce(error ->> 'decline_code', error ->> 'code'),
    error ->> 'message'
  from stripe
  on conflict do nothing
  returning *
), saved as (
  insert into payments.payment as p
    (provider, id, status, amount, currency, customer, workspace, failed_at, failure_code,
     failure_message)
  select 'stripe', o ->> 'id', 'failed', (o ->> 'amount')::bigint, o ->> 'currency',
    o ->> 'customer', o -> 'metadata' ->> 'workspace_id', a.at, a.code, a.message
  from stripe, attempt a
  on conflict (provider, id) do update set
    -- Of several failures the latest is shown, whichever arrives last and whatever came between.
    failed_at = greatest(p.failed_at, excluded.failed_at),
    failure_code = case when p.failed_at > excluded.failed_at
      then p.failure_code else excluded.failure_code end,
    failure_message = case when p.failed_at > excluded.failed_at
      then p.failure_message else excluded.failure_message end,
    updated_at = now()
  returning *
)
select json_build_object('provider', s.provider, 'id', s.id, 'status', s.status, 'amount', s.amount,
  'currency', s.currency, 'customer', s.customer, 'workspace', s.workspace, 'attempt', a.attempt,
  'failure_code', a.code, 'failure_message', a.message, 'failed_at', a.at)::text
from saved s, attempt a
where s.succeeded_at is null and s.amount_refunded = 0
