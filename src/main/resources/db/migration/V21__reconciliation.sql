-- Up to when a provider has been asked what it has, so that the next run goes on from there.
create table serai.reconciliation (
  name       text        primary key,       -- what: stripe, supabase/public.orders
  until      timestamptz not null,          -- all before has been looked at
  updated_at timestamptz not null default now()
);

comment on table serai.reconciliation is 'Up to when providers were asked what they have';

-- The few payments and refunds whose end is not known, among all that there ever were.
create index payment_open on payments.payment (provider, known_at) where state in ('created', 'pending');
create index refund_open on payments.refund (provider, known_at) where state = 'pending';
