-- What a payload is about, its members say, and how that is, its state: not the event's name. An order
-- has the times of its attempts, a refund its own; a subscription has none. The order that sets up a
-- subscription is a payment, too. What the Order Status API answers may lack our id of the order.
with webhook as materialized (
  select p, p ->> 'state' as word, coalesce(p ->> 'currency', 'INR') as currency,
    (p ->> 'amount')::bigint as amount, p -> 'metaInfo' ->> 'workspace_id' as workspace,
    p -> 'paymentFlow' as flow, coalesce(p ->> 'detailedErrorCode', p ->> 'errorCode') as code,
    case when p ->> 'merchantRefundId' is not null then 'refund'
      when p ->> 'merchantSubscriptionId' is not null and p ->> 'merchantOrderId' is null
        then 'subscription'
      else 'order' end as about,
    case when p ->> 'state' = 'COMPLETED' then 'succeeded'
      when p ->> 'state' in ('FAILED', 'EXPIRED', 'CANCELLED') then 'failed'
      when p ->> 'state' in ('PENDING', 'CONFIRMED', 'NOTIFIED', 'NOTIFICATION_IN_PROGRESS')
        then 'pending' end as state
  from cast(:#${body} as jsonb) as e, lateral (select coalesce(e -> 'payload', e) as p) as x
), attempt as materialized (
  select a ->> 'transactionId' as id, to_timestamp((a ->> 'timestamp')::numeric / 1000) as at
  from webhook, jsonb_array_elements(p -> 'paymentDetails') as a
  order by 2 desc nulls last, 1 desc limit 1
)
select n.*
from (
  select w.*, coalesce(p ->> 'merchantOrderId', cast(:#${variable.event[subject]} as text)) as id,
    coalesce(a.id, p ->> 'orderId') as attempt, a.at
  from webhook w left join attempt a on true where about = 'order'
) as o, lateral payments.save_payment_1(
  provider => 'phonepe', id => o.id, event => cast(:#${variable.event[id]} as uuid), at => o.at,
  received => cast(:#${variable.event[time].toString()} as timestamptz), state => o.state, word => o.word,
  amount => o.amount, currency => o.currency, workspace => o.workspace,
  subscription => o.flow ->> 'merchantSubscriptionId', attempt => o.attempt, code => o.code,
  message => p ->> 'errorCode') as n
union all
select n.*
from (select * from webhook where about = 'refund') as r, lateral payments.save_refund_1(
  provider => 'phonepe', id => p ->> 'merchantRefundId',
  event => cast(:#${variable.event[id]} as uuid),
  at => to_timestamp((p ->> 'timestamp')::numeric / 1000),
  received => cast(:#${variable.event[time].toString()} as timestamptz), state => r.state, word => r.word,
  payment => p ->> 'originalMerchantOrderId', amount => r.amount, currency => r.currency,
  code => r.code, workspace => r.workspace) as n
union all
select n.*
from (
  select p ->> 'merchantSubscriptionId' as id, p as s, word, currency, workspace,
    case when word in ('REVOKED', 'CANCELLED', 'EXPIRED') then 2 else 1 end as step
  from webhook where about = 'subscription'
  union all
  select flow ->> 'merchantSubscriptionId', flow, word, currency, workspace,
    case state when 'succeeded' then 0 when 'failed' then -1 else -2 end
  from webhook where about = 'order' and flow ->> 'type' like '%SETUP'
) as s, lateral payments.save_subscription_1(
  provider => 'phonepe', id => s.id, event => cast(:#${variable.event[id]} as uuid),
  received => cast(:#${variable.event[time].toString()} as timestamptz), step => step, status => s.word,
  workspace => s.workspace, currency => s.currency,
  -- Of a subscription whose charges vary only the limit is known.
  amount => case s.s ->> 'amountType' when 'FIXED' then (s.s ->> 'maxAmount')::bigint end,
  ended_at => case step when 2 then cast(:#${variable.event[time].toString()} as timestamptz) end) as n
