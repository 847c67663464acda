-- Keeps the answer; of an end it makes the webhook that would have told it. That is confirmed like any
-- other, by the answer kept here, and so nothing is told twice.
with answered as (
  update payments.status_check s set answered_at = now(), state = a ->> 'state', answer = a,
    told_at = case when s.state = a ->> 'state' then s.told_at end
  from cast(:#${body} as jsonb) as a
  where s.provider = 'phonepe' and s.kind = cast(:#${variable.question[kind]} as text)
    and s.id = cast(:#${variable.question[id]} as text)
    and coalesce(s.state not in ('COMPLETED', 'FAILED', 'EXPIRED', 'CANCELLED'), true)
  returning s.kind, s.id, s.state, s.answer
), known as (
  select * from answered
  union all
  select s.kind, s.id, s.state, s.answer from payments.status_check s
  where s.provider = 'phonepe' and s.kind = cast(:#${variable.question[kind]} as text)
    and s.id = cast(:#${variable.question[id]} as text) and not exists (select from answered)
)
select state, case when state in ('COMPLETED', 'FAILED', 'EXPIRED', 'CANCELLED') then
  jsonb_build_object('event', case cast(:#${variable.question[product]} as text)
      when 'refunds' then 'pg.refund.' when 'payments' then 'pg.order.'
      when 'subscriptions' then 'subscription.redemption.order.' when 'paylinks' then 'paylink.order.'
      else 'checkout.order.' end || lower(state),
    'payload', answer || case kind when 'order' then jsonb_build_object('merchantOrderId', id)
      else jsonb_build_object('merchantRefundId', id) end)::text end as body
from known
