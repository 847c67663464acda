-- The API is believed, the webhook is not: what it says must be what the API says, or be behind it. An
-- end that the API has told is kept. What others are told is the API's alone.
with webhook as (
  select cast(:#${variable.question[kind]} as text) as kind,
    cast(:#${variable.question[id]} as text) as id,
    cast(:#${variable.question[name]} as text) as name, e -> 'payload' as p
  from cast(:#${variable.webhook} as jsonb) as e
), ranked (state, rank) as (
  values ('PENDING', 0), ('ACTIVE', 0), ('CONFIRMED', 1), ('COMPLETED', 2), ('FAILED', 2),
    ('EXPIRED', 2), ('CANCELLED', 2)
), answered as (
  update payments.status_check s set answered_at = now(), state = a ->> 'state', answer = a,
    told_at = case when s.state = a ->> 'state' then s.told_at end
  from webhook w, cast(:#${body} as jsonb) as a
  where a <> 'null' and s.provider = 'phonepe' and s.kind = w.kind and s.id = w.id
    and coalesce(s.state not in ('COMPLETED', 'FAILED', 'EXPIRED', 'CANCELLED'), true)
  returning s.*
), given_back as (
  update payments.status_budget set available = available + 1
  where provider = 'phonepe' and cast(:#${variable.question[counted]} as boolean)
    and exists (select from answered where state <> 'UNKNOWN')
), api as (
  select * from answered
  union all
  select s.* from payments.status_check s, webhook w
  where s.provider = 'phonepe' and s.kind = w.kind and s.id = w.id
    and not exists (select from answered)
), compared as (
  select w.*, a.state, a.answer, a.told_at, said.rank as said_rank, told.rank as api_rank,
    case when w.kind is null or w.id is null then 'unconfirmed'
      when a.id is null then 'malformed'
      when a.state = 'UNKNOWN' then 'unknown'
      when exists (select from unnest(array['merchantOrderId', 'orderId', 'merchantRefundId',
          'originalMerchantOrderId', 'refundId']) as n where p ->> n <> a.answer ->> n) then 'id'
      when p -> 'amount' <> coalesce(a.answer -> 'amount', 'null') then 'amount'
      when p ->> 'state' <> a.state and coalesce(said.rank = 2 and told.rank = 2, said.rank is null)
        then 'state' end as reason
  from webhook w left join api a on true left join ranked said on said.state = p ->> 'state'
    left join ranked told on told.state = a.state
), verdict as (
  select *, (
      select jsonb_object_agg(n, left(p ->> n, 200)) from unnest(array['state', 'amount',
        'merchantOrderId', 'orderId', 'merchantRefundId', 'originalMerchantOrderId', 'refundId',
        'merchantSubscriptionId']) as n where p ->> n is not null) as said,
    case when reason = 'unconfirmed' and name like 'subscription.%' then 'subscription.unconfirmed'
      when reason = 'unconfirmed' then 'webhook.unconfirmed'
      when reason is not null then kind || '.contradicted'
      else kind || '.confirmed' end as type,
    reason is null and p ->> 'state' <> state and coalesce(api_rank < said_rank, true) as is_behind
  from compared
), kept as (
  insert into payments.contradiction
    (event_id, at, provider, kind, id, reason, said, answered)
  select cast(:#${variable.event[id]} as uuid), now(), 'phonepe', coalesce(kind, name), left(id, 200),
    reason, coalesce(said, '{}'), answer
  from verdict where reason is not null
  on conflict (event_id) do update set at = excluded.at, reason = excluded.reason,
    answered = excluded.answered
), old as (
  delete from payments.contradiction where at < now() - interval '90 days'
), old_unknown as (
  delete from payments.status_check
  where (state is null or state = 'UNKNOWN') and asked_at < now() - interval '7 days'
)
select
  case when is_behind then 'PhonePe says that ' || id || ' is ' || state || ', not yet '
    || left(p ->> 'state', 20) end as wait,
  case when not is_behind and (reason is not null or told_at is null) then type end as type,
  case when reason is null then state end as state,
  case when reason is null then 'phonepe/' || kind || '/' || id || '/' || state end as key,
  case when reason is not null then cast(:#${variable.event[subject]} as text)
    else coalesce(answer ->> 'originalMerchantOrderId', id) end as subject,
  case when reason is null then jsonb_build_object('event', name, 'payload', answer
      || case kind when 'order' then jsonb_build_object('merchantOrderId', id)
        else jsonb_build_object('merchantRefundId', id) end)
    else jsonb_build_object('provider', 'phonepe', 'id', left(id, 200), 'reason', reason,
      'event', name, 'said', said, 'answered', answer) end::text as data
from verdict
