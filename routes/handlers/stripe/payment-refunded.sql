-- A charge carries the sum of its refunds. One made without a payment intent stands for itself.
select n.*
from (
  select e -> 'data' -> 'object' as o, to_timestamp((e ->> 'created')::bigint) as at
  from cast(:#${body} as jsonb) as e
) as stripe, lateral payments.save_refunded_1(
  provider => 'stripe', id => coalesce(o ->> 'payment_intent', o ->> 'id'),
  event => cast(:#${variable.event[id]} as uuid), at => at, word => o ->> 'status',
  refunded => (o ->> 'amount_refunded')::bigint,
  amount => coalesce((o ->> 'amount_captured')::bigint, (o ->> 'amount')::bigint),
  currency => o ->> 'currency', customer => o ->> 'customer',
  workspace => o -> 'metadata' ->> 'workspace_id') as n
