-- What the handlers of payment providers know. Amounts are in minor units of their currency.

create schema if not exists payments;

create table payments.payment (
  provider        text        not null,
  id              text        not null, -- the provider's
  status          text        not null, -- failed, succeeded, partially_refunded or refunded
  amount          bigint      not null,
  amount_refunded bigint      not null default 0,
  currency        text        not null,
  customer        text,
  workspace       text,
  succeeded_at    timestamptz,
  refunded_at     timestamptz,
  failed_at       timestamptz,
  failure_code    text,
  failure_message text,
  updated_at      timestamptz not null default now(),
  primary key (provider, id)
);

create index payment_by_customer on payments.payment (provider, customer);

-- One row a failed attempt, so that it is told of once however often the provider does.
create table payments.failed_attempt (
  provider   text        not null,
  payment_id text        not null,
  attempt    text        not null, -- the provider's id of the attempt, else of the event
  at         timestamptz not null,
  code       text,
  message    text,
  primary key (provider, payment_id, attempt)
);

create table payments.subscription (
  provider             text        not null,
  id                   text        not null,
  status               text        not null, -- the provider's word
  customer             text,
  workspace            text,
  plan                 text,
  quantity             bigint,
  currency             text,
  amount               bigint,
  period_start         timestamptz,
  period_end           timestamptz,
  cancel_at_period_end boolean     not null default false,
  ended_at             timestamptz,
  -- Which event this state is of: its time, whether it began (0), changed (1) or ended (2) the
  -- subscription, and the values that it replaced. Events of one second are ordered by these.
  version_at           timestamptz not null,
  version_rank         smallint    not null,
  version_replaced     jsonb,
  updated_at           timestamptz not null default now(),
  primary key (provider, id)
);

create index subscription_by_customer on payments.subscription (provider, customer);

create table payments.invoice (
  provider        text        not null,
  id              text        not null,
  number          text,
  status          text        not null, -- open or paid
  customer        text,
  workspace       text,
  subscription_id text,
  currency        text        not null,
  amount_due      bigint      not null,
  amount_paid     bigint      not null default 0,
  attempts        integer     not null default 0, -- failed ones that were told of
  paid_at         timestamptz,
  failed_at       timestamptz,
  updated_at      timestamptz not null default now(),
  primary key (provider, id)
);

create index invoice_by_subscription on payments.invoice (provider, subscription_id);
