-- A failed attempt is known by its charge, since Stripe may tell of it in two events. An intent that
-- was cancelled fails once for all.
select n.*
from (
  select o, o -> 'last_payment_error' as error, e ->> 'type' = 'payment_intent.canceled' as cancelled,
    e ->> 'id' as event, to_timestamp((e ->> 'created')::bigint) as at
  from cast(:#${body} as jsonb) as e, lateral (select e -> 'data' -> 'object' as o) as x
) as stripe, lateral payments.save_payment_1(
  provider => 'stripe', id => o ->> 'id', event => cast(:#${variable.event[id]} as uuid), at => at,
  state => 'failed', word => o ->> 'status', amount => (o ->> 'amount')::bigint,
  currency => o ->> 'currency', customer => o ->> 'customer', email => o ->> 'receipt_email',
  workspace => o -> 'metadata' ->> 'workspace_id',
  attempt => case when cancelled then 'cancelled' else coalesce(error ->> 'charge', stripe.event) end,
  code => case when cancelled then coalesce(o ->> 'cancellation_reason', 'cancelled')
    else coalesce(error ->> 'decline_code', error ->> 'code') end,
  message => case when not cancelled then error ->> 'message' end) as n
