-- What was received is what was paid: less than the amount, if less was captured.
select n.*
from (
  select e -> 'data' -> 'object' as o, to_timestamp((e ->> 'created')::bigint) as at
  from cast(:#${body} as jsonb) as e
) as stripe, lateral payments.save_payment_1(
  provider => 'stripe', id => o ->> 'id', event => cast(:#${variable.event[id]} as uuid), at => at,
  state => 'succeeded', word => o ->> 'status',
  amount => coalesce((o ->> 'amount_received')::bigint, (o ->> 'amount')::bigint),
  currency => o ->> 'currency', customer => o ->> 'customer', email => o ->> 'receipt_email',
  workspace => o -> 'metadata' ->> 'workspace_id') as n
