-- What the Status APIs of payment providers say, where a webhook alone proves nothing: see
-- routes/handlers/phonepe/confirm.camel.yaml.

create table payments.status_check (
  provider    text        not null,
  kind        text        not null, -- order or refund
  id          text        not null, -- ours, that the provider was told
  asked_at    timestamptz not null, -- the last time; two hubs don't ask at once
  answered_at timestamptz,
  state       text,                 -- the provider's word; UNKNOWN if it does not know the id
  answer      jsonb,
  told_at     timestamptz,          -- when this state was told to others
  primary key (provider, kind, id)
);

create index status_check_unknown on payments.status_check (asked_at)
where state is null or state = 'UNKNOWN';

-- How many ids of which we know nothing may be asked about yet: anybody can make up ids.
create table payments.status_budget (
  provider   text        primary key,
  available  numeric     not null, -- as of then; it grows with the time
  counted_at timestamptz not null
);

-- Webhooks that were not believed.
create table payments.contradiction (
  event_id uuid        primary key, -- the webhook
  at       timestamptz not null,
  provider text        not null,
  kind     text        not null, -- order or refund, else the name of the webhook
  id       text,
  reason   text        not null, -- unknown, id, amount, state, malformed or unconfirmed
  said     jsonb       not null, -- by the webhook
  answered jsonb                 -- by the provider's API, if it was asked
);

create index contradiction_of on payments.contradiction (provider, kind, id);
create index contradiction_at on payments.contradiction (at);
