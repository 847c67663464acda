-- The dead-man switch of jobs, and what monitors outside were told.

alter table serai.job add column expected_at timestamptz; -- by when it must have succeeded
create index job_expected on serai.job (expected_at) where state = 'active';

create table serai.job_alert (
  job_id    integer     not null,
  cause     text        not null, -- missed, late or overdue: see docs/jobs.md
  raised_at timestamptz not null,
  slot      timestamptz,          -- the first one that it is about
  detail    text        not null, -- for people
  primary key (job_id, cause)
);

create table serai.job_ping (
  job_id      integer     primary key,
  started     uuid,                 -- the last run of which the monitor was told that it began
  ended       uuid,                 -- the last run of which it was told that it ended
  told_at     timestamptz,          -- the last time that it has taken a ping
  failures    integer     not null default 0, -- since then
  next_at     timestamptz not null  -- no hub pings before
);

comment on table serai.job_alert is 'What is wrong with jobs now; a row goes when it is right again';
comment on table serai.job_ping is 'What the monitors of jobs were told';
