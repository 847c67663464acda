-- The event log and its delivery engine; docs/architecture.md explains the protocol.
-- Every name is qualified: a pooler may hand each transaction another session with another search path.

create table serai.event (
  id           uuid        not null, -- UUIDv7: its first 48 bits are the millisecond of receipt
  source       text        not null,
  type         text        not null,
  subject      text,
  workspace    text,
  time         timestamptz not null, -- when it happened, by its source
  received_at  timestamptz not null, -- when the hub took it
  content_type text        not null,
  key          text        not null, -- the dedupe key
  causation_id uuid,                 -- the event whose handling emitted this one
  hops         smallint    not null default 0,
  conflict     boolean     not null default false,
  verified_by  text,                 -- fingerprint of the secret that verified it
  body         bytea       not null,
  primary key (id)
) partition by range (id);

create index event_by_type on serai.event (type, id);
create index event_by_workspace on serai.event (workspace, id) where workspace is not null;

-- Takes what no day covers: events kept beyond their day because something still needs them.
create table serai.event_kept partition of serai.event default with (toast_tuple_target = 8160);

-- The least UUIDv7 of a time: a range of ids is a range of times.
create function serai.least_id(at timestamptz) returns uuid language sql immutable
return (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid;

-- Makes the partition of a day unless it exists; says whether it did.
create function serai.add_day(day date) returns boolean language plpgsql as $$
declare
  name  text := 'event_' || to_char(day, 'YYYYMMDD');
  lower uuid := serai.least_id(day::timestamp at time zone 'UTC');
  upper uuid := serai.least_id((day + 1)::timestamp at time zone 'UTC');
begin
  -- One hub at a time; the others find it made.
  perform pg_advisory_xact_lock(hashtext('serai.add_day'));
  if to_regclass('serai.' || name) is not null then
    return false;
  end if;
  -- Bodies up to a page stay in their row, uncompressed: writing and reading them is one step.
  execute format('create table serai.%I (like serai.event including all) with (toast_tuple_target = 8160)', name);
  -- Events that came before their day was made lie among the kept ones.
  execute format('with early as (delete from serai.event_kept where id >= %L and id < %L returning *)
    insert into serai.%I select * from early', lower, upper, name);
  execute format('alter table serai.event attach partition serai.%I for values from (%L) to (%L)', name, lower, upper);
  return true;
end $$;

-- Drops a day's partition. Events that an open or dead delivery still needs move to the kept ones first;
-- more of them than the limit, and the day stays as it is. Says whether the day is gone.
create function serai.drop_day(day date, most_kept int) returns boolean language plpgsql as $$
declare
  name   text := 'event_' || to_char(day, 'YYYYMMDD');
  lower  uuid := serai.least_id(day::timestamp at time zone 'UTC');
  upper  uuid := serai.least_id((day + 1)::timestamp at time zone 'UTC');
  needed uuid[];
begin
  perform pg_advisory_xact_lock(hashtext('serai.add_day'));
  if to_regclass('serai.' || name) is null then
    return true;
  end if;
  -- From here on nobody else reads or writes events, so nothing becomes needed meanwhile. It waits for
  -- its turn for a moment only: all others wait behind it.
  perform set_config('lock_timeout', '200ms', true);
  lock table serai.event in access exclusive mode;
  select coalesce(array_agg(event_id), '{}') into needed from (
    select distinct event_id from serai.delivery
    where event_id >= lower and event_id < upper and (open or dead) limit most_kept + 1) as n;
  if cardinality(needed) > most_kept then
    return false;
  end if;
  execute format('alter table serai.event detach partition serai.%I', name);
  execute format('insert into serai.event select * from serai.%I where id = any($1)', name) using needed;
  execute format('drop table serai.%I', name);
  return true;
end $$;

comment on table serai.event is 'Everything that happened: one row an event, a partition a day (UTC)';

create table serai.event_key (
  source            text    not null,
  key               text    collate "C" not null,
  event_id          uuid    not null,
  duplicates        integer not null default 0,
  last_duplicate_at timestamptz,
  primary key (key, source) -- people ask by key alone
) with (fillfactor = 90);

-- Rows arrive in the order of their event ids, so a block range is a range of time.
create index event_key_by_age on serai.event_key using brin (event_id) with (pages_per_range = 32);

comment on table serai.event_key is 'The dedupe keys of a source''s window, each with the event that it let in';

create table serai.subscription (
  id          integer generated always as identity primary key,
  name        text        not null unique,
  types       text[]      not null,
  sources     text[]      not null default '{}',
  state       text        not null default 'active' check (state in ('active', 'paused', 'retired')),
  order_by    text,
  max_attempts integer    not null,
  created_at  timestamptz not null,
  declared_at timestamptz not null, -- when a live hub last had this route
  changed_at  timestamptz not null,
  reason      text                  -- why it was paused
);

-- Appends read it and carry it along, so that an event and the subscriptions it is matched against
-- belong to one transaction; whoever changes a subscription locks this table for a moment.
create table serai.subscription_version (
  single  boolean primary key default true check (single),
  version bigint not null
);
insert into serai.subscription_version (version) values (1);

create table serai.node (
  id          integer generated always as identity primary key,
  name        text        not null,
  version     text        not null,
  started_at  timestamptz not null,
  lease_until timestamptz not null,
  rescued_at  timestamptz          -- when its deliveries were taken over, after its lease had ended
);

comment on table serai.node is 'The hubs that run; the lease of a node is the lease of every delivery it has claimed';

-- Grows in the order of appends over all hubs, which clocks and so event ids do not promise.
create sequence serai.delivery_sequence;

create table serai.delivery (
  event_id        uuid        not null,
  subscription_id integer     not null,
  state           text        not null default 'ready',
  -- ready, running, done, dead, cancelled or skipped. It is not indexed, the next two are: a claim
  -- changes neither, so its update stays on the row's page. (Generated columns and checks would be
  -- parsed anew by every statement, which costs more than the rest of it.)
  open            boolean     not null default true,  -- ready or running
  dead            boolean     not null default false,
  due_at          timestamptz not null,
  priority        smallint    not null default 0,
  order_key       text,
  sequence        bigint      not null default nextval('serai.delivery_sequence'),
  attempts        integer     not null default 0,
  token           integer     not null default 0,
  replays         integer     not null default 0,
  node            integer,
  claimed_at      timestamptz,
  finished_at     timestamptz,
  cancel          boolean     not null default false,
  cause           text,
  result          text,
  primary key (event_id, subscription_id)
) with (
  fillfactor = 60,
  autovacuum_vacuum_scale_factor = 0.05,
  autovacuum_vacuum_threshold = 5000,
  autovacuum_analyze_scale_factor = 0.2,
  autovacuum_vacuum_cost_delay = 1
);

create index delivery_open on serai.delivery (subscription_id, priority desc, due_at) where open;
create index delivery_order on serai.delivery (subscription_id, order_key, sequence)
  where open and order_key is not null;
create index delivery_dead on serai.delivery (subscription_id, finished_at) where dead;

comment on table serai.delivery is 'One event for one subscription';

create table serai.attempt (
  event_id        uuid        not null,
  subscription_id integer     not null,
  token           integer     not null,
  attempt         integer     not null,
  node            integer     not null,
  started_at      timestamptz not null,
  ended_at        timestamptz not null,
  cause           text        not null,
  detail          text,
  retry_at        timestamptz,
  primary key (event_id, subscription_id, token)
);

comment on table serai.attempt is 'Failed attempts; the one that succeeded is the delivery itself';

create table serai.refusal (
  id         uuid        primary key,
  at         timestamptz not null,
  source     text        not null,
  cause      text        not null,
  detail     text        not null,
  remote     text,
  method     text        not null,
  headers    jsonb       not null, -- values that could be secrets are replaced
  body_bytes integer,
  body_hash  bytea
);

create index refusal_by_source on serai.refusal (source, id);

comment on table serai.refusal is 'Requests refused at the door, without their bodies';
