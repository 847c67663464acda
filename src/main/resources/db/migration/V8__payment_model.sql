-- One model of payments for all providers. Providers repeat their news and send it in any order, so
-- nothing here depends on the order: news is a fact that is joined to the facts known (the time of a
-- success is the earliest told, that of a failure the latest, the sum of refunds that of the refunds
-- known), and the state follows from the facts.
--
-- News that is late or repeated adds nothing. News that contradicts is refused, and the refusal is
-- recorded. Only a provider's own time can tell the two apart: without one, news is never later than
-- what is known.
--
-- Routes map a provider's JSON to the functions save_*; these return what is to be told to others. A
-- change of a function is a new one beside it, which the version before goes on calling.

-- What may follow a state. Anything may be the first that is heard of a thing.
create table payments.legal_transition (
  kind       text not null, -- payment, refund or subscription
  from_state text not null,
  to_state   text not null,
  primary key (kind, from_state, to_state)
);

insert into payments.legal_transition
select kind, from_state, unnest(string_to_array(to_states, ' '))
from (values
  ('payment', 'created', 'pending failed succeeded partially_refunded refunded'),
  ('payment', 'pending', 'failed succeeded partially_refunded refunded'),
  ('payment', 'failed', 'pending succeeded partially_refunded refunded'),
  ('payment', 'succeeded', 'partially_refunded refunded'),
  ('payment', 'partially_refunded', 'succeeded refunded'), -- back, when a refund fails
  ('payment', 'refunded', 'succeeded partially_refunded'),
  ('refund', 'pending', 'succeeded failed cancelled'),
  ('refund', 'succeeded', 'failed'), -- the customer's bank sent the money back
  ('subscription', 'pending', 'active past_due paused cancelled ended'),
  ('subscription', 'active', 'past_due paused cancelled ended'),
  ('subscription', 'past_due', 'active paused cancelled ended'),
  ('subscription', 'paused', 'active past_due cancelled ended')
) as legal (kind, from_state, to_states);

create function payments.is_legal_1(kind text, from_state text, to_state text) returns boolean
language sql stable
return exists (
  select from payments.legal_transition l
  where l.kind = $1 and l.from_state = $2 and l.to_state = $3);

-- The history: all that changed, and all that was refused.
create table payments.transition (
  number      bigint      generated always as identity primary key,
  kind        text        not null, -- payment, refund or subscription
  provider    text        not null,
  id          text        not null, -- the provider's
  payment_id  text,                 -- of which a refund is, if that was known
  from_state  text,                 -- null if it was not known
  to_state    text        not null,
  word        text,                 -- the provider's own for it
  at          timestamptz not null, -- when, by the provider; else when the event came
  event_id    uuid        not null, -- which told of it
  refused     text,                 -- why it was refused, null if it was not
  recorded_at timestamptz not null default now()
);

create index transition_of on payments.transition (kind, provider, id, number);
create index transition_by_payment on payments.transition (provider, payment_id);

-- An event that is handled again is not refused again.
create unique index transition_refused on payments.transition (event_id, kind, provider, id, to_state)
where refused is not null;

create function payments.record_1(
  kind text, provider text, id text, from_state text, to_state text, word text, at timestamptz,
  event uuid, refused text default null, payment text default null)
returns void language sql as $$
  insert into payments.transition
    (kind, provider, id, from_state, to_state, word, at, event_id, refused, payment_id)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
  on conflict do nothing;
$$;

-- One at a time handles news of a thing, also before there is a row to lock. Where several are
-- locked, refunds come before their payment, and payments before their subscription.
create function payments.lock_1(kind text, provider text, id text) returns void
language sql
return pg_advisory_xact_lock(hashtextextended(concat_ws('/', 'payments', kind, provider, id), 0));

-- A word of a provider's that has no meaning here is an error, not a guess.
create function payments.require_state_1(
  kind text, provider text, id text, word text, state text, variadic known text[])
returns void language plpgsql as $$
begin
  if state is null or state <> all(known) then
    raise exception 'The state of % % of % is ''%''; it must mean one of %', kind, id, provider,
      coalesce(word, state, ''), array_to_string(known, ', ') using errcode = '22023';
  end if;
end $$;

create table payments.customer (
  provider   text        not null,
  id         text        not null, -- the provider's
  email      text,                 -- the last that an event named
  email_at   timestamptz,          -- the time of that event
  workspace  text,
  known_at   timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (provider, id)
);

create function payments.save_customer_1(
  provider text, id text, email text, workspace text, at timestamptz)
returns void language sql as $$
  insert into payments.customer as c (provider, id, email, email_at, workspace)
  select $1, $2, $3, case when $3 is not null then $5 end, $4 where $2 is not null
  on conflict on constraint customer_pkey do update set
    -- Two of one second: any, but always the same.
    email = case when (c.email_at, c.email) > (excluded.email_at, excluded.email)
        or excluded.email is null then c.email else excluded.email end,
    email_at = greatest(c.email_at, excluded.email_at),
    workspace = coalesce(c.workspace, excluded.workspace), updated_at = now()
  where c.email is null and excluded.email is not null
    or (excluded.email_at, excluded.email) > (c.email_at, c.email)
    or c.workspace is null and excluded.workspace is not null;
$$;

-- Payments ------------------------------------------------------------------------------------------

create function payments.payment_state_1(
  amount bigint, amount_refunded bigint, paid boolean, succeeded_at timestamptz,
  failed_at timestamptz, pending_at timestamptz)
returns text language sql immutable
return case
  when amount_refunded >= amount and amount_refunded > 0 then 'refunded'
  when amount_refunded > 0 then 'partially_refunded'
  when paid or succeeded_at is not null then 'succeeded'
  when failed_at is not null and coalesce(pending_at <= failed_at, true) then 'failed'
  when pending_at is not null then 'pending'
  else 'created' end;

alter table payments.payment
  add column number               bigint      not null generated always as identity,
  add column known_at             timestamptz not null default now(),
  add column created_at           timestamptz,                    -- when it was announced
  add column pending_at           timestamptz,                    -- -infinity: nobody knows when
  add column reported_refunded    bigint      not null default 0, -- greatest sum that was reported
  add column reported_refunded_at timestamptz,
  add column subscription_id      text,                           -- whose period it pays
  -- The provider has made a refund of it: it was paid, also if nobody has told of that yet.
  add column paid                 boolean     not null default false,
  -- The version before writes status, which says the same.
  add column state                text        not null generated always as (
    payments.payment_state_1(amount, amount_refunded, paid, succeeded_at, failed_at, pending_at)
  ) stored;

update payments.payment set known_at = least(succeeded_at, failed_at, refunded_at, updated_at);

create unique index payment_by_number on payments.payment (number);
create index payment_by_id on payments.payment (id);
create index payment_by_workspace on payments.payment (workspace, number);

create table payments.refund (
  provider     text        not null,
  id           text        not null, -- the provider's
  payment_id   text,                 -- the provider's, null while nobody has named it
  state        text        not null, -- pending, succeeded, failed or cancelled
  status       text,                 -- the provider's word, null while it is only announced
  amount       bigint      not null,
  currency     text        not null,
  reason       text,
  failure_code text,
  workspace    text,
  changed_at   timestamptz not null, -- when it came to its state
  known_at     timestamptz not null default now(),
  updated_at   timestamptz not null default now(),
  primary key (provider, id)
);

create index refund_by_payment on payments.refund (provider, payment_id);

-- What the refunds known of a payment come to.
create function payments.refunds_1(
  provider text, payment text, out succeeded bigint, out undone bigint, out at timestamptz,
  out made boolean)
language sql stable as $$
  select coalesce(sum(r.amount) filter (where r.state = 'succeeded'), 0),
    coalesce(sum(r.amount) filter (where r.state in ('failed', 'cancelled')), 0),
    max(r.changed_at) filter (where r.state = 'succeeded'),
    coalesce(bool_or(r.status is not null), false)
  from payments.refund r where r.provider = $1 and r.payment_id = $2;
$$;

-- The payment as it is known, locked; all null if it is not.
create function payments.lock_payment_1(provider text, id text) returns payments.payment
language plpgsql as $$
#variable_conflict use_variable
declare
  p payments.payment;
  refunds record;
begin
  perform payments.lock_1('payment', provider, id);
  select * into p from payments.payment k where k.provider = provider and k.id = id for update;
  select * into refunds from payments.refunds_1(provider, id);
  if p.amount_refunded > greatest(p.reported_refunded - refunds.undone, refunds.succeeded) then
    -- The version before has written a sum that was reported.
    update payments.payment k set reported_refunded = p.amount_refunded + refunds.undone,
      reported_refunded_at = p.refunded_at
    where k.provider = provider and k.id = id returning * into p;
  end if;
  return p;
end $$;

-- Adds up what is refunded of a payment, and returns it as it became.
create function payments.settle_1(
  was payments.payment, provider text, id text, event uuid, at timestamptz, word text)
returns payments.payment language plpgsql as $$
#variable_conflict use_variable
declare
  p payments.payment;
  refunds record;
  refunded bigint;
  is_paid boolean;
begin
  select * into p from payments.payment k where k.provider = provider and k.id = id;
  select * into refunds from payments.refunds_1(provider, id);
  refunded := greatest(p.reported_refunded - refunds.undone, refunds.succeeded);
  if refunded > p.amount then
    -- Refunds that came before the payment turn out to be more than that.
    perform payments.record_1('payment', provider, id, p.state, 'refunded', word, at, event,
      'more_than_paid');
    refunded := p.amount;
  end if;
  is_paid := p.paid or refunds.made or p.reported_refunded > 0;
  update payments.payment k set
    amount_refunded = refunded,
    paid = is_paid,
    refunded_at = greatest(
      case when k.reported_refunded > refunds.undone then k.reported_refunded_at end, refunds.at),
    status = payments.payment_state_1(
      k.amount, refunded, is_paid, k.succeeded_at, k.failed_at, k.pending_at),
    updated_at = case
      when p is not distinct from was and (refunded, is_paid) = (p.amount_refunded, p.paid)
        then k.updated_at else now() end
  where k.provider = provider and k.id = id
  returning * into p;
  return p;
end $$;

-- Records what became of a payment, and says what others are to be told.
create function payments.tell_payment_1(
  was payments.payment, became payments.payment, event uuid, at timestamptz, word text,
  attempt text default null)
returns table (type text, data text) language plpgsql as $$
#variable_conflict use_variable
declare
  changed boolean := was.state is distinct from became.state;
  failure payments.failed_attempt;
begin
  for type in
    select told from (values
      ('payment.created', was.id is null and became.state in ('created', 'pending')),
      ('payment.failed',
        attempt is not null and coalesce(was.state in ('created', 'pending', 'failed'), true)),
      ('payment.succeeded', was.succeeded_at is null and became.succeeded_at is not null),
      ('payment.refunded', became.amount_refunded > coalesce(was.amount_refunded, 0))
    ) as news (told, is_new) where is_new
  loop
    changed := true;
    if type = 'payment.failed' then
      -- Told is this attempt, not the last one.
      select * into failure from payments.failed_attempt f
      where f.provider = became.provider and f.payment_id = became.id and f.attempt = attempt;
    else
      failure := row(null, null, null, became.failed_at, became.failure_code, became.failure_message);
    end if;
    data := json_build_object('provider', became.provider, 'id', became.id, 'state', became.state,
      'status', became.state, 'amount', became.amount, 'amount_refunded', became.amount_refunded,
      'currency', became.currency, 'customer', became.customer, 'workspace', became.workspace,
      'subscription', became.subscription_id, 'created_at', became.created_at,
      'succeeded_at', became.succeeded_at, 'failed_at', failure.at, 'attempt', failure.attempt,
      'failure_code', failure.code, 'failure_message', failure.message,
      'refunded_at', became.refunded_at)::text;
    return next;
  end loop;
  if changed then
    perform payments.record_1('payment', became.provider, became.id, was.state, became.state, word,
      at, event);
  end if;
end $$;

-- A payment was announced, is under way, failed or succeeded. Time: at is the provider's, received
-- that of the event for providers that don't say. A failure has an attempt, told of once each; a
-- provider that names none has one.
create function payments.save_payment_1(
  provider text, id text, event uuid, state text, word text, amount bigint, currency text,
  at timestamptz default null, received timestamptz default null, customer text default null,
  email text default null, workspace text default null, subscription text default null,
  attempt text default null, code text default null, message text default null)
returns table (type text, data text) language plpgsql as $$
#variable_conflict use_variable
declare
  happened timestamptz := coalesce(at, received);
  failed text := coalesce(attempt, id);
  was payments.payment := payments.lock_payment_1(provider, id);
  became payments.payment;
  reason text;
  last_failure payments.failed_attempt; -- of several the latest is shown, whichever comes last
  fresh boolean := false;
  -- Its amount, currency and so on are the best known.
  takes boolean := was.id is null or was.succeeded_at is null and (state = 'succeeded'
    or was.reported_refunded = 0
      and happened >= coalesce(greatest(was.created_at, was.pending_at, was.failed_at), '-infinity'));
begin
  perform payments.require_state_1('payment', provider, id, word, state,
    'created', 'pending', 'failed', 'succeeded');
  currency := lower(currency);
  reason := case
    when was.succeeded_at is null then null
    when state = 'succeeded' and currency <> was.currency then 'other_currency'
    when state = 'succeeded' and amount <> was.amount then 'other_amount'
    when state <> 'succeeded' and at > was.succeeded_at then 'after_success' end;
  if reason is not null then
    perform payments.record_1('payment', provider, id, was.state, state, word, happened, event, reason);
    return;
  end if;
  if state = 'failed' then
    insert into payments.failed_attempt as f (provider, payment_id, attempt, at, code, message)
    values (provider, id, failed, happened, code, message)
    on conflict do nothing;
    fresh := found;
    select * into last_failure from payments.failed_attempt f
    where f.provider = provider and f.payment_id = id order by f.at desc, f.attempt desc limit 1;
  end if;
  insert into payments.payment as p (provider, id, status, amount, currency, customer, workspace,
    subscription_id, created_at, pending_at, failed_at, failure_code, failure_message, succeeded_at)
  values (provider, id, state, amount, currency, customer, workspace, subscription,
    case when state = 'created' then happened end,
    case when state = 'pending' then coalesce(at, '-infinity') end,
    last_failure.at, last_failure.code, last_failure.message,
    case when state = 'succeeded' then happened end)
  on conflict on constraint payment_pkey do update set
    amount = case when takes then excluded.amount else p.amount end,
    currency = case when takes then excluded.currency else p.currency end,
    customer = case when takes then coalesce(excluded.customer, p.customer)
      else coalesce(p.customer, excluded.customer) end,
    workspace = case when takes then coalesce(excluded.workspace, p.workspace)
      else coalesce(p.workspace, excluded.workspace) end,
    subscription_id = coalesce(p.subscription_id, excluded.subscription_id),
    created_at = least(p.created_at, excluded.created_at),
    pending_at = greatest(p.pending_at, excluded.pending_at),
    failed_at = greatest(p.failed_at, excluded.failed_at),
    failure_code = case when state = 'failed' then excluded.failure_code else p.failure_code end,
    failure_message = case when state = 'failed' then excluded.failure_message
      else p.failure_message end,
    succeeded_at = least(p.succeeded_at, excluded.succeeded_at);
  perform payments.save_customer_1(provider, customer, email, workspace, happened);
  became := payments.settle_1(was, provider, id, event, happened, word);
  return query select * from payments.tell_payment_1(was, became, event, happened, word,
    case when fresh then failed end);
end $$;

-- So much of a payment is refunded by now, as a provider says that knows the sum. Of several sums the
-- greatest counts, less the refunds that failed.
create function payments.save_refunded_1(
  provider text, id text, event uuid, at timestamptz, word text, refunded bigint, amount bigint,
  currency text, customer text default null, workspace text default null)
returns table (type text, data text) language plpgsql as $$
#variable_conflict use_variable
declare
  was payments.payment := payments.lock_payment_1(provider, id);
  became payments.payment;
  reason text;
  takes boolean := was.succeeded_at is null and coalesce(was.reported_refunded, 0) = 0;
begin
  currency := lower(currency);
  reason := case
    when was.succeeded_at is not null and currency <> was.currency then 'other_currency'
    when refunded > case when was.succeeded_at is null then amount else was.amount end
      then 'more_than_paid' end;
  if reason is not null then
    perform payments.record_1('payment', provider, id, was.state,
      case when refunded < amount then 'partially_refunded' else 'refunded' end, word, at, event,
      reason);
    return;
  end if;
  insert into payments.payment as p (provider, id, status, amount, currency, customer, workspace,
    reported_refunded, reported_refunded_at)
  select provider, id, 'refunded', amount, currency, customer, workspace, refunded, at
  where refunded > 0
  on conflict on constraint payment_pkey do update set
    amount = case when takes then excluded.amount else p.amount end,
    currency = case when takes then excluded.currency else p.currency end,
    customer = case when takes then coalesce(excluded.customer, p.customer)
      else coalesce(p.customer, excluded.customer) end,
    workspace = case when takes then coalesce(excluded.workspace, p.workspace)
      else coalesce(p.workspace, excluded.workspace) end,
    reported_refunded = greatest(p.reported_refunded, excluded.reported_refunded),
    reported_refunded_at = case
      when p.reported_refunded > excluded.reported_refunded then p.reported_refunded_at
      when p.reported_refunded < excluded.reported_refunded then excluded.reported_refunded_at
      else least(p.reported_refunded_at, excluded.reported_refunded_at) end;
  if not found then
    return;
  end if;
  perform payments.save_customer_1(provider, customer, null, workspace, at);
  became := payments.settle_1(was, provider, id, event, at, word);
  return query select * from payments.tell_payment_1(was, became, event, at, word);
end $$;

-- A refund began, or came to an end.
create function payments.save_refund_1(
  provider text, id text, event uuid, state text, word text, payment text, amount bigint,
  currency text, at timestamptz default null, received timestamptz default null,
  reason text default null, code text default null, workspace text default null)
returns table (type text, data text) language plpgsql as $$
#variable_conflict use_variable
declare
  happened timestamptz := coalesce(at, received);
  was payments.refund;
  became payments.refund;
  paid payments.payment;
  others bigint := 0;
  refused text;
  moves boolean;
begin
  perform payments.require_state_1('refund', provider, id, word, state,
    'pending', 'succeeded', 'failed', 'cancelled');
  perform payments.lock_1('refund', provider, id);
  select * into was from payments.refund r where r.provider = provider and r.id = id;
  if coalesce(was.payment_id, payment) is not null then
    paid := payments.lock_payment_1(provider, coalesce(was.payment_id, payment));
  end if;
  if state = 'succeeded' then
    select coalesce(sum(r.amount), 0) into others from payments.refund r
    where r.provider = provider and r.payment_id = paid.id and r.id <> id and r.state = 'succeeded';
  end if;
  currency := lower(coalesce(currency, was.currency, paid.currency));
  moves := was.id is null or payments.is_legal_1('refund', was.state, state);
  refused := case
    when currency <> was.currency or paid.succeeded_at is not null and currency <> paid.currency
      then 'other_currency'
    when amount <> was.amount then 'other_amount'
    when payment <> was.payment_id then 'other_payment'
    when paid.succeeded_at is not null and moves and state in ('pending', 'succeeded')
      and amount + others > paid.amount then 'more_than_paid'
    when not moves and state <> was.state and at > was.changed_at then 'after_end' end;
  if refused is not null then
    perform payments.record_1('refund', provider, id, was.state, state, word, happened, event, refused,
      coalesce(was.payment_id, payment));
    return;
  end if;
  insert into payments.refund as r (provider, id, payment_id, state, status, amount, currency, reason,
    failure_code, workspace, changed_at)
  values (provider, id, payment, state, word, amount, currency, reason, code, workspace, happened)
  on conflict on constraint refund_pkey do update set
    payment_id = coalesce(r.payment_id, excluded.payment_id),
    state = case when moves then excluded.state else r.state end,
    status = case when moves then excluded.status else r.status end,
    changed_at = case when moves then excluded.changed_at
      when r.state = excluded.state then least(r.changed_at, excluded.changed_at)
      else r.changed_at end,
    reason = coalesce(r.reason, excluded.reason),
    failure_code = case when moves then excluded.failure_code else r.failure_code end,
    workspace = coalesce(r.workspace, excluded.workspace),
    updated_at = case when moves then now() else r.updated_at end
  returning * into became;
  if moves then
    perform payments.record_1('refund', provider, id, was.state, state, word, happened, event, null,
      became.payment_id);
    for type in
      select told from (values
        ('refund.created', was.id is null),
        ('refund.succeeded', state = 'succeeded'),
        ('refund.failed', state in ('failed', 'cancelled'))
      ) as news (told, is_new) where is_new
    loop
      data := json_build_object('provider', provider, 'id', id, 'state', state,
        'status', became.status, 'payment', became.payment_id, 'amount', became.amount,
        'currency', became.currency, 'reason', became.reason, 'failure_code', became.failure_code,
        'customer', paid.customer, 'workspace', coalesce(became.workspace, paid.workspace),
        'changed_at', became.changed_at)::text;
      return next;
    end loop;
  end if;
  if paid.id is not null then
    return query select * from payments.tell_payment_1(paid,
      payments.settle_1(paid, provider, paid.id, event, happened, word), event, happened, word);
  end if;
end $$;

-- Subscriptions -------------------------------------------------------------------------------------

-- Null for a word that no provider has told us of.
create function payments.subscription_state_1(status text) returns text language sql immutable
return case
  when lower(status) in ('incomplete', 'pending', 'activation_in_progress', 'failed') then 'pending'
  when lower(status) in ('trialing', 'active', 'completed', 'pause_in_progress', 'cancel_in_progress',
    'revoke_in_progress') then 'active'
  when lower(status) in ('past_due', 'unpaid') then 'past_due'
  when lower(status) in ('paused', 'unpause_in_progress') then 'paused'
  when lower(status) in ('canceled', 'cancelled', 'revoked') then 'cancelled'
  when lower(status) in ('incomplete_expired', 'expired') then 'ended' end;

alter table payments.subscription
  add column state text generated always as (payments.subscription_state_1(status)) stored;

-- A subscription is being set up (step -2), failed to be (-1), began (0), changed (1) or ended (2).
-- Events know the second only: of two of one second that is taken which does not hold the values that
-- the other replaced. An end is final.
create function payments.save_subscription_1(
  provider text, id text, event uuid, step int, status text, at timestamptz default null,
  received timestamptz default null, customer text default null, workspace text default null,
  plan text default null, quantity bigint default null, currency text default null,
  amount bigint default null, period_start timestamptz default null,
  period_end timestamptz default null, cancel_at_period_end boolean default false,
  ended_at timestamptz default null, object jsonb default null, replaced jsonb default null)
returns table (type text, data text) language plpgsql as $$
#variable_conflict use_variable
declare
  happened timestamptz := coalesce(at, received);
  state text := payments.subscription_state_1(status);
  was payments.subscription;
  became payments.subscription;
  takes boolean;
begin
  perform payments.require_state_1('subscription', provider, id, status, state,
    'pending', 'active', 'past_due', 'paused', 'cancelled', 'ended');
  perform payments.lock_1('subscription', provider, id);
  select * into was from payments.subscription s where s.provider = provider and s.id = id for update;
  takes := was.id is null or was.version_rank < 2
    and case
      when step <= 0 then step > was.version_rank
      when step = 2 then true
      else (happened, step) > (was.version_at, was.version_rank::int)
        or (happened, step) = (was.version_at, was.version_rank::int)
          and not coalesce(was.version_replaced <> '{}' and object @> was.version_replaced, false) end;
  if was.state <> state and not payments.is_legal_1('subscription', was.state, state) then
    if at > was.version_at then
      perform payments.record_1('subscription', provider, id, was.state, state, status, at, event,
        case when was.state in ('cancelled', 'ended') then 'after_end' else 'not_after_' || was.state end);
      return;
    end if;
    takes := false;
  end if;
  perform payments.save_customer_1(provider, customer, null, workspace, happened);
  if not takes then
    -- Late; but what nobody else has said is good to know.
    update payments.subscription s set customer = coalesce(s.customer, customer),
      workspace = coalesce(s.workspace, workspace)
    where s.provider = provider and s.id = id
      and (s.customer is null and customer is not null
        or s.workspace is null and workspace is not null);
    return;
  end if;
  insert into payments.subscription as s (provider, id, status, customer, workspace, plan, quantity,
    currency, amount, period_start, period_end, cancel_at_period_end, ended_at, version_at,
    version_rank, version_replaced)
  values (provider, id, status, customer, workspace, plan, quantity, lower(currency), amount,
    period_start, period_end, cancel_at_period_end, ended_at, happened, step, replaced)
  on conflict on constraint subscription_pkey do update set
    status = excluded.status, customer = coalesce(excluded.customer, s.customer),
    workspace = coalesce(excluded.workspace, s.workspace), plan = excluded.plan,
    quantity = excluded.quantity, currency = excluded.currency, amount = excluded.amount,
    period_start = excluded.period_start, period_end = excluded.period_end,
    cancel_at_period_end = excluded.cancel_at_period_end, ended_at = excluded.ended_at,
    version_at = excluded.version_at, version_rank = excluded.version_rank,
    version_replaced = excluded.version_replaced, updated_at = now()
  returning * into became;
  if was.id is not null and (was.status, was.plan, was.quantity, was.amount, was.period_start,
      was.period_end, was.cancel_at_period_end, was.ended_at)
    is not distinct from (became.status, became.plan, became.quantity, became.amount,
      became.period_start, became.period_end, became.cancel_at_period_end, became.ended_at) then
    return;
  end if;
  perform payments.record_1('subscription', provider, id, was.state, state, status, happened, event);
  type := case when step = 2 then 'subscription.deleted'
    when was.id is null then 'subscription.created' else 'subscription.updated' end;
  data := json_build_object('provider', provider, 'id', id, 'state', became.state,
    'status', became.status, 'customer', became.customer, 'workspace', became.workspace,
    'plan', became.plan, 'quantity', became.quantity, 'currency', became.currency,
    'amount', became.amount, 'period_start', became.period_start, 'period_end', became.period_end,
    'cancel_at_period_end', became.cancel_at_period_end, 'ended_at', became.ended_at)::text;
  return next;
end $$;
