-- What the handlers of our own events know: the memory of a workspace, who was notified of what, and
-- what was used. Routes call the functions; a change of one is a new one beside it, which the version
-- before goes on calling.

create schema if not exists memory;
create schema if not exists notify;
create schema if not exists analytics;

-- When something happened: as its sender says, or its row, or else when the event says that it did.
create function memory.happened_1(data jsonb, event_time timestamptz) returns timestamptz
language plpgsql stable set timezone = 'UTC' as $$
declare
  told text := coalesce(data ->> 'occurred_at', data #>> '{record,updated_at}',
    data #>> '{record,created_at}');
begin
  -- Nothing happened after its event: a wrong clock must not outdo all that follows.
  return least(coalesce(told::timestamptz, event_time), event_time);
exception when others then -- a column of that name may hold anything
  return event_time;
end $$;

-- One at a time handles news of a thing, also before there is a row to lock.
create function memory.lock_1(kind text, workspace text, id text) returns void
language sql
return pg_advisory_xact_lock(hashtextextended(concat_ws('/', 'memory', kind, workspace, id), 0));

create table memory.index_request (
  id          uuid        primary key, -- the event that asked for it
  workspace   text        not null,    -- empty if it is not known
  foundation  text        not null,
  state       text        not null check (state in ('waiting', 'superseded', 'done')),
  happened_at timestamptz not null,    -- what is to be indexed was so then
  reason      text        not null,    -- the type of the event
  superseded_by uuid,
  recorded_at timestamptz not null default now()
);

-- Of a foundation one request waits at most.
create unique index index_request_waiting on memory.index_request (workspace, foundation)
where state = 'waiting';
create index index_request_of on memory.index_request (workspace, foundation, happened_at);

comment on table memory.index_request is 'Foundations to index; a newer request supersedes one that waits';

-- Records a request. Returns the data of index.requested if it is the one that waits now; a request
-- older than one that is known is superseded before it began, and nobody is told.
create function memory.request_index_1(
  event uuid, type text, workspace text, event_time timestamptz, data jsonb)
returns table (told text) language plpgsql as $$
#variable_conflict use_variable
declare
  place text := coalesce(data ->> 'workspace', workspace, '');
  what text := data ->> 'id';
  happened timestamptz := memory.happened_1(data, event_time);
  newer uuid;
begin
  perform memory.lock_1('foundation', place, what);
  select r.id into newer from memory.index_request r
  where r.workspace = place and r.foundation = what and r.id <> event
    and (r.happened_at, r.id) > (happened, event)
  order by r.happened_at desc, r.id desc limit 1;
  if newer is null then
    update memory.index_request r set state = 'superseded', superseded_by = event
    where r.workspace = place and r.foundation = what and r.state = 'waiting' and r.id <> event;
  end if;
  insert into memory.index_request as r (id, workspace, foundation, state, happened_at, reason, superseded_by)
  values (event, place, what, case when newer is null then 'waiting' else 'superseded' end, happened,
    type, newer)
  on conflict on constraint index_request_pkey do nothing;
  -- Handled again, it is told again for as long as it waits.
  return query
  select jsonb_build_object('id', r.id, 'workspace', nullif(r.workspace, ''), 'foundation', r.foundation,
    'reason', r.reason, 'occurred_at', to_jsonb(r.happened_at))::text
  from memory.index_request r where r.id = event and r.state = 'waiting';
end $$;

-- The graph: what there is in a workspace, and what belongs to what.
create table memory.graph_node (
  workspace   text        not null, -- empty if it is not known
  kind        text        not null, -- icp, foundation
  id          text        not null,
  name        text,
  properties  jsonb       not null default '{}',
  happened_at timestamptz,          -- null for a node that another only refers to
  event_id    uuid,
  primary key (workspace, kind, id)
);

create table memory.graph_edge (
  workspace   text        not null,
  from_kind   text        not null,
  from_id     text        not null,
  kind        text        not null, -- belongs_to
  to_kind     text        not null,
  to_id       text        not null,
  happened_at timestamptz not null,
  event_id    uuid        not null,
  primary key (workspace, from_kind, from_id, kind),
  foreign key (workspace, from_kind, from_id) references memory.graph_node,
  foreign key (workspace, to_kind, to_id) references memory.graph_node
);

create index graph_edge_to on memory.graph_edge (workspace, to_kind, to_id);

comment on table memory.graph_node is 'The nodes of the memory graph, each as the latest event tells it';
comment on table memory.graph_edge is 'Which node is a part of which';

-- Adds a profile of customers to the graph, and its foundation as far as it is known. Returns the
-- data of graph.entry-added if that is news; what is older than what is known is none.
create function memory.add_icp_1(event uuid, workspace text, event_time timestamptz, data jsonb)
returns table (told text) language plpgsql as $$
#variable_conflict use_variable
declare
  place text := coalesce(data ->> 'workspace', workspace, '');
  what text := data ->> 'id';
  name text := coalesce(data ->> 'name', data #>> '{record,name}');
  whole text := coalesce(data ->> 'foundation', data #>> '{record,foundation_id}');
  happened timestamptz := memory.happened_1(data, event_time);
  known memory.graph_node;
begin
  perform memory.lock_1('icp', place, what);
  select * into known from memory.graph_node n
  where n.workspace = place and n.kind = 'icp' and n.id = what;
  if known.event_id <> event and (known.happened_at, known.event_id) > (happened, event) then
    return;
  end if;
  insert into memory.graph_node as n (workspace, kind, id, name, properties, happened_at, event_id)
  values (place, 'icp', what, name, coalesce(nullif(data -> 'record', 'null'), '{}'), happened, event)
  on conflict on constraint graph_node_pkey do update set
    name = excluded.name, properties = excluded.properties, happened_at = excluded.happened_at,
    event_id = excluded.event_id;
  if whole is null then
    delete from memory.graph_edge e
    where e.workspace = place and e.from_kind = 'icp' and e.from_id = what and e.kind = 'belongs_to';
  else
    insert into memory.graph_node (workspace, kind, id) values (place, 'foundation', whole)
    on conflict do nothing;
    insert into memory.graph_edge as e
      (workspace, from_kind, from_id, kind, to_kind, to_id, happened_at, event_id)
    values (place, 'icp', what, 'belongs_to', 'foundation', whole, happened, event)
    on conflict on constraint graph_edge_pkey do update set
      to_kind = excluded.to_kind, to_id = excluded.to_id, happened_at = excluded.happened_at,
      event_id = excluded.event_id;
  end if;
  if known.event_id is distinct from event then
    told := jsonb_build_object('workspace', nullif(place, ''), 'kind', 'icp', 'id', what, 'name', name,
      'belongs_to', case when whole is not null
        then jsonb_build_object('kind', 'foundation', 'id', whole) end)::text;
    return next;
  end if;
end $$;

-- Who is told. Nobody else is: no event names its own recipients.
create table notify.recipient (
  workspace text not null default '*', -- * for all
  type      text not null default '*', -- of the event; * for all
  address   text not null,             -- e-mail
  primary key (workspace, type, address)
);

comment on table notify.recipient is 'Who gets e-mails about a workspace';

create table notify.sent (
  event_id   uuid        not null,
  channel    text        not null, -- email or slack
  address    text        not null, -- e-mail, or the name of the sink
  type       text        not null,
  workspace  text,
  attempts   integer     not null default 1,
  message_id text,                 -- of an e-mail
  began_at   timestamptz not null default now(), -- the last attempt
  sent_at    timestamptz,          -- null until the other side has taken it
  primary key (event_id, channel, address)
);

create index sent_by_age on notify.sent (began_at);

comment on table notify.sent is 'Notifications, a row for each event, channel and address';

-- Begins to notify. Returns a row unless the other side has taken it before.
create function notify.begin_1(
  event uuid, channel text, address text, type text, workspace text, message_id text default null)
returns table (recipient text) language sql as $$
  insert into notify.sent as s (event_id, channel, address, type, workspace, message_id)
  values ($1, $2, $3, $4, $5, $6)
  on conflict (event_id, channel, address) do update set
    attempts = s.attempts + 1, began_at = now()
  where s.sent_at is null
  returning s.address;
$$;

-- What was done, one row an event: adding it up again gives the same as the days.
create table analytics.execution (
  event_id    uuid        primary key,
  workspace   text        not null, -- empty if it is not known
  id          text        not null, -- the sender's
  agent       text        not null,
  status      text        not null, -- succeeded, failed, cancelled
  happened_at timestamptz not null,
  duration_ms bigint,
  tokens_in   bigint,
  tokens_out  bigint,
  cost        numeric,
  currency    text,
  error       text
);

create index execution_by_time on analytics.execution (workspace, happened_at);
create index execution_by_agent on analytics.execution (workspace, agent, happened_at);

create table analytics.content (
  event_id    uuid        primary key,
  workspace   text        not null,
  id          text        not null,
  kind        text,
  words       bigint,
  tokens      bigint,
  happened_at timestamptz not null
);

create index content_by_time on analytics.content (workspace, happened_at);

create table analytics.usage (
  workspace text    not null, -- empty if it is not known
  day       date    not null, -- UTC
  metric    text    not null,
  quantity  numeric not null,
  events    bigint  not null, -- how many have added to it
  primary key (workspace, day, metric)
);

comment on table analytics.execution is 'Runs of agents';
comment on table analytics.content is 'Pieces of content that were made';
comment on table analytics.usage is 'What a workspace used on a day, by metric';

-- Adds to a day. Rows are locked in the order of their keys, so that two handlers can't deadlock.
create function analytics.use_1(workspace text, happened timestamptz, quantities jsonb) returns void
language sql as $$
  insert into analytics.usage as u (workspace, day, metric, quantity, events)
  select $1, ($2 at time zone 'UTC')::date, q.key, q.value::numeric, 1
  from jsonb_each_text($3) as q where q.value is not null and q.value::numeric <> 0
  order by q.key
  on conflict (workspace, day, metric) do update set
    quantity = u.quantity + excluded.quantity, events = u.events + 1;
$$;

-- A number of the data or of its row; null for whatever is none.
create function analytics.number_1(data jsonb, name text) returns bigint
language sql immutable
return case when jsonb_typeof(coalesce(nullif(data -> name, 'null'), data -> 'record' -> name)) = 'number'
  then least(greatest(round(coalesce(data ->> name, data -> 'record' ->> name)::numeric), 0), 1e15)::bigint end;

-- An event counts once, whenever it comes and however often.
create function analytics.record_execution_1(
  event uuid, workspace text, event_time timestamptz, data jsonb)
returns boolean language plpgsql as $$
#variable_conflict use_variable
declare
  place text := coalesce(data ->> 'workspace', workspace, '');
  began timestamptz := (data ->> 'started_at')::timestamptz;
  ended timestamptz := (data ->> 'ended_at')::timestamptz;
  happened timestamptz := least(coalesce((data ->> 'occurred_at')::timestamptz, ended, event_time), event_time);
  lasted bigint := coalesce(analytics.number_1(data, 'duration_ms'),
    greatest(extract(epoch from ended - began) * 1000, 0)::bigint);
begin
  insert into analytics.execution (event_id, workspace, id, agent, status, happened_at, duration_ms,
    tokens_in, tokens_out, cost, currency, error)
  values (event, place, data ->> 'id', data ->> 'agent', data ->> 'status', happened, lasted,
    analytics.number_1(data, 'tokens_in'), analytics.number_1(data, 'tokens_out'),
    (data ->> 'cost')::numeric, lower(data ->> 'currency'), data ->> 'error')
  on conflict on constraint execution_pkey do nothing;
  if not found then
    return false;
  end if;
  perform analytics.use_1(place, happened, jsonb_build_object('agent_executions', 1,
    'agent_failures', case when data ->> 'status' = 'failed' then 1 else 0 end,
    'agent_ms', lasted, 'agent_tokens', coalesce(analytics.number_1(data, 'tokens_in'), 0)
      + coalesce(analytics.number_1(data, 'tokens_out'), 0)));
  return true;
end $$;

create function analytics.record_content_1(
  event uuid, workspace text, event_time timestamptz, data jsonb)
returns boolean language plpgsql as $$
#variable_conflict use_variable
declare
  place text := coalesce(data ->> 'workspace', workspace, '');
  happened timestamptz := memory.happened_1(data, event_time);
  words bigint := analytics.number_1(data, 'words');
  tokens bigint := analytics.number_1(data, 'tokens');
begin
  insert into analytics.content (event_id, workspace, id, kind, words, tokens, happened_at)
  values (event, place, data ->> 'id', coalesce(data ->> 'kind', data #>> '{record,kind}'), words,
    tokens, happened)
  on conflict on constraint content_pkey do nothing;
  if not found then
    return false;
  end if;
  perform analytics.use_1(place, happened, jsonb_build_object('content_items', 1,
    'content_words', words, 'content_tokens', tokens));
  return true;
end $$;
