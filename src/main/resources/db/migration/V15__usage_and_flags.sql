-- What workspaces have used, what they may use, and flags.

-- A record that has a key is counted once: the key is inserted in the transaction that counts it.
create table serai.usage_key (
  workspace text        not null,
  key       text        not null,
  at        timestamptz not null, -- when it was counted
  primary key (workspace, key)
);

create index usage_key_by_age on serai.usage_key (at);

-- By day (UTC) and agent, for statistics.
create table serai.usage_day (
  workspace text           not null,
  day       date           not null,
  agent     text           not null, -- empty for none
  records   bigint         not null,
  tokens    bigint         not null,
  cost      numeric(30, 9) not null,
  primary key (workspace, day, agent)
) with (fillfactor = 50);

-- The sum of a month, so that a check reads one row. Whoever changes it or the workspace's limit
-- holds its lock, so that no crossing of a limit is missed.
create table serai.usage_month (
  workspace text           not null,
  month     text           not null, -- 2026-11
  records   bigint         not null, -- only grows: of two states the greater is the later
  tokens    bigint         not null,
  cost      numeric(30, 9) not null,
  primary key (workspace, month)
) with (fillfactor = 50);

create table serai.usage_limit (
  workspace  text        primary key,
  tokens     bigint,         -- a month; null for any number
  cost       numeric(30, 9), -- a month; null for any amount
  thresholds int[]       not null, -- percent at which the hub says so
  version    bigint      not null, -- one more with each change
  changed_at timestamptz not null
);

-- Said once for each threshold and month: with the row the event is appended.
create table serai.usage_reached (
  workspace text        not null,
  month     text        not null,
  measure   text        not null, -- tokens or cost
  threshold int         not null,
  at        timestamptz not null,
  primary key (workspace, month, measure, threshold)
);

create table serai.flag (
  name        text          primary key,
  description text          not null,
  enabled     boolean       not null, -- false: off for everybody
  percentage  numeric(5, 2) not null, -- of users
  users       jsonb         not null, -- user -> true or false, whatever the percentage says
  workspaces  jsonb         not null, -- the same, behind users
  changed_at  timestamptz   not null,
  changed_by  text          not null
);

-- One more with each change of any flag: what hubs look at to see whether theirs are the latest.
create table serai.flag_version (
  single  boolean primary key default true check (single),
  version bigint  not null
);
insert into serai.flag_version (version) values (0);

comment on table serai.usage_key is 'Keys of records of usage that were counted';
comment on table serai.usage_day is 'What was used, by workspace, day and agent';
comment on table serai.usage_month is 'What was used, by workspace and month';
comment on table serai.usage_limit is 'What a workspace may use a month';
comment on table serai.usage_reached is 'Thresholds of limits that were reached, and told of';
comment on table serai.flag is 'Feature flags';
comment on table serai.flag_version is 'Counts the changes of flags';
