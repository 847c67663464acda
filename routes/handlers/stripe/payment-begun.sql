-- An intent is made with the amount it is to have; it may still change.
select n.*
from (
  select e -> 'data' -> 'object' as o, e ->> 'type' as told, to_timestamp((e ->> 'created')::bigint) as at
  from cast(:#${body} as jsonb) as e
) as stripe, lateral payments.save_payment_1(
  provider => 'stripe', id => o ->> 'id', event => cast(:#${variable.event[id]} as uuid), at => at,
  state => case told when 'payment_intent.processing' then 'pending' else 'created' end,
  word => o ->> 'status', amount => (o ->> 'amount')::bigint, currency => o ->> 'currency',
  customer => o ->> 'customer', email => o ->> 'receipt_email',
  workspace => o -> 'metadata' ->> 'workspace_id') as n
