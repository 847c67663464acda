-- The envelope has JSON in base64. A refund's callback looks like a payment's: PhonePe's own id of it
-- begins with TR, and it does not say which payment it gives back. Older accounts give the payment's
-- state another name, or the code alone. No callback has a time.
with callback as materialized (
  select r, d, coalesce(d ->> 'state', d ->> 'paymentState', r ->> 'code') as word,
    coalesce(d ->> 'transactionId', '') like 'TR%' as is_refund
  from cast(:#${body} as jsonb) as e,
    lateral (select convert_from(decode(e ->> 'response', 'base64'), 'UTF8')::jsonb as r) as x,
    lateral (select r -> 'data' as d) as y
), news as materialized (
  select *, case
      when word in ('COMPLETED', 'PAYMENT_SUCCESS') then 'succeeded'
      when word in ('FAILED', 'PAYMENT_ERROR', 'PAYMENT_DECLINED', 'PAYMENT_CANCELLED', 'TIMED_OUT')
        then 'failed'
      when word in ('PENDING', 'PAYMENT_PENDING', 'INTERNAL_SERVER_ERROR') then 'pending' end as state,
    d ->> 'merchantTransactionId' as id, (d ->> 'amount')::bigint as amount,
    coalesce(d ->> 'responseCode', d ->> 'payResponseCode', r ->> 'code') as code
  from callback
)
select n.*
from (select * from news where not is_refund) as p, lateral payments.save_payment_1(
  provider => 'phonepe', id => p.id, event => cast(:#${variable.event[id]} as uuid),
  received => cast(:#${variable.event[time].toString()} as timestamptz), state => p.state, word => p.word,
  amount => p.amount, currency => 'INR', attempt => coalesce(d ->> 'transactionId', p.id),
  code => p.code, message => r ->> 'message') as n
union all
select n.*
from (select * from news where is_refund) as f, lateral payments.save_refund_1(
  provider => 'phonepe', id => f.id, event => cast(:#${variable.event[id]} as uuid),
  received => cast(:#${variable.event[time].toString()} as timestamptz), state => f.state, word => f.word,
  payment => null, amount => f.amount, currency => 'INR',
  code => case when f.state = 'failed' then f.code end) as n
