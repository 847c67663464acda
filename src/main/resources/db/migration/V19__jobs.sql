-- Jobs: what is to run when, and what became of each slot. A run is a delivery; here is what only runs have.

create table serai.job (
  id              integer generated always as identity primary key,
  name            text        not null unique,
  subscription_id integer     not null,     -- of the route that handles its runs
  definition      jsonb       not null,     -- schedule and policies, as the route says them
  overlap         text        not null,     -- what becomes of a slot while a run is open: see docs/jobs.md
  state           text        not null default 'active', -- active or paused
  reason          text,                     -- why it was paused
  next_at         timestamptz,              -- the next slot; none when it runs on request only
  created_at      timestamptz not null,
  declared_at     timestamptz not null,     -- when a live hub last had its route
  changed_at      timestamptz not null
);

create index job_due on serai.job (next_at) where state = 'active';

comment on table serai.job is 'What is to run when; the slots are taken from here, under a lock on the row';

create table serai.run (
  event_id     uuid        primary key,
  job_id       integer     not null,
  slot         timestamptz not null,
  kind         text        not null, -- scheduled, catch-up, manual or backfill
  parameters   jsonb       not null,
  requested_by text,                 -- the name of the API key that asked for it
  progress     smallint,             -- per cent
  message      text,                 -- what it does at the moment
  lines        integer     not null default 0 -- of its log
);

create unique index run_of_slot on serai.run (job_id, slot) where kind in ('scheduled', 'catch-up');
create index run_by_job on serai.run (job_id, event_id);

comment on table serai.run is 'One row a run: its state, attempts and result are those of its delivery';

create table serai.run_line (
  event_id uuid        not null,
  number   integer     not null,
  at       timestamptz not null,
  attempt  integer     not null,
  line     text        not null,
  primary key (event_id, number)
);

comment on table serai.run_line is 'What runs have logged; capped a run';
