-- A refund says its state itself, whatever the event is called.
select n.*
from (
  select e -> 'data' -> 'object' as o, to_timestamp((e ->> 'created')::bigint) as at
  from cast(:#${body} as jsonb) as e
) as stripe, lateral payments.save_refund_1(
  provider => 'stripe', id => o ->> 'id', event => cast(:#${variable.event[id]} as uuid), at => at,
  state => case o ->> 'status' when 'requires_action' then 'pending' when 'canceled' then 'cancelled'
    else coalesce(o ->> 'status', 'pending') end,
  word => o ->> 'status', payment => coalesce(o ->> 'payment_intent', o ->> 'charge'),
  amount => (o ->> 'amount')::bigint, currency => o ->> 'currency', reason => o ->> 'reason',
  code => o ->> 'failure_reason', workspace => o -> 'metadata' ->> 'workspace_id') as n
