-- The period stands with the items since 2025-03-31.basil, before with the subscription.
select n.*
from (
  select o, o -> 'items' -> 'data' -> 0 as item, e -> 'data' -> 'previous_attributes' as replaced,
    to_timestamp((e ->> 'created')::bigint) as at,
    case e ->> 'type' when 'customer.subscription.created' then 0
      when 'customer.subscription.deleted' then 2 else 1 end as step
  from cast(:#${body} as jsonb) as e, lateral (select e -> 'data' -> 'object' as o) as x
) as stripe, lateral payments.save_subscription_1(
  provider => 'stripe', id => o ->> 'id', event => cast(:#${variable.event[id]} as uuid), at => at,
  step => step, status => o ->> 'status', customer => o ->> 'customer',
  workspace => o -> 'metadata' ->> 'workspace_id',
  plan => coalesce(item -> 'price' ->> 'lookup_key', item -> 'price' ->> 'id', o -> 'plan' ->> 'id'),
  quantity => coalesce((item ->> 'quantity')::bigint, (o ->> 'quantity')::bigint),
  currency => o ->> 'currency',
  amount => coalesce((item -> 'price' ->> 'unit_amount')::bigint, (o -> 'plan' ->> 'amount')::bigint),
  period_start => to_timestamp(
    coalesce(item ->> 'current_period_start', o ->> 'current_period_start')::bigint),
  period_end => to_timestamp(
    coalesce(item ->> 'current_period_end', o ->> 'current_period_end')::bigint),
  cancel_at_period_end => coalesce((o ->> 'cancel_at_period_end')::boolean, false),
  ended_at => to_timestamp((o ->> 'ended_at')::bigint), object => o, replaced => replaced) as n
