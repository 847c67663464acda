-- Subscriptions of a group share places: as many of their deliveries may run at a time, over all hubs.

create table serai.place (
  event_id        uuid    not null,
  subscription_id integer not null,
  group_name      text    not null,
  workspace       text,
  token           integer not null, -- of the attempt that has it: when that is over the place is free
  primary key (event_id, subscription_id)
);

create index place_of_group on serai.place (group_name);

comment on table serai.place is 'Which deliveries have the places of groups; rows of ended attempts are cleared by the next claim';

-- Those of these events for which there are places, the most urgent first. Holds the group's lock
-- until the transaction ends.
create function serai.placed_1(
  group_label text, places int, workspace_places int, subscription int, events text[],
  at_micros bigint)
returns text[] language plpgsql as $$
#variable_conflict use_variable
declare
  free int;
begin
  perform pg_advisory_xact_lock(hashtextextended('serai/place/' || group_label, 0));
  delete from serai.place p where p.group_name = group_label and not exists (
    select from serai.delivery d where d.event_id = p.event_id
      and d.subscription_id = p.subscription_id and d.state = 'running' and d.token = p.token);
  select places - count(*) into free from serai.place p where p.group_name = group_label;
  return coalesce((
    select array_agg(w.event order by w.event)
    from (
      select d.event_id::text as event
      from (
        select d.event_id, d.priority, d.due_at, d.sequence, e.workspace,
          row_number() over (partition by e.workspace
            order by d.priority desc, d.due_at, d.sequence) as rank
        from serai.delivery d join serai.event e on e.id = d.event_id
        where d.event_id = any(events::uuid[]) and d.subscription_id = subscription
          and d.state = 'ready' and d.due_at <= serai.at(at_micros)) as d
      where d.workspace is null or d.rank <= workspace_places - (
        select count(*) from serai.place p
        where p.group_name = group_label and p.workspace = d.workspace)
      order by d.priority desc, d.due_at, d.sequence limit greatest(free, 0)) as w), '{}');
end $$;

-- As claim_3, or claim_ordered_1 with a limit of keys, for a subscription of a group.
create function serai.claim_placed_1(
  node_id int, subscription int, events text[], at_micros bigint, key_limit int, dead_holds boolean,
  group_label text, places int, workspace_places int)
returns table (
  event_id uuid, attempts int, token int, replays int, low boolean, source text, type text, subject text,
  workspace text, "time" timestamptz, received_at timestamptz, content_type text, key text,
  causation_id uuid, hops smallint, body bytea, sensitive boolean)
language plpgsql as $$
#variable_conflict use_column
declare
  placed text[] := serai.placed_1(
    group_label, places, workspace_places, subscription, events, at_micros);
  one record;
begin
  if cardinality(placed) = 0 then
    return;
  end if;
  for one in
    select * from serai.claim_3(node_id, subscription, placed, at_micros) where key_limit is null
    union all
    select * from serai.claim_ordered_1(
      node_id, subscription, placed, at_micros, key_limit, dead_holds) where key_limit is not null
  loop
    insert into serai.place (event_id, subscription_id, group_name, workspace, token)
    values (one.event_id, subscription, group_label, one.workspace, one.token)
    on conflict on constraint place_pkey do update set
      group_name = excluded.group_name, workspace = excluded.workspace, token = excluded.token;
    event_id := one.event_id; attempts := one.attempts; token := one.token;
    replays := one.replays; low := one.low; source := one.source; type := one.type;
    subject := one.subject; workspace := one.workspace; "time" := one."time";
    received_at := one.received_at; content_type := one.content_type; key := one.key;
    causation_id := one.causation_id; hops := one.hops; body := one.body;
    sensitive := one.sensitive;
    return next;
  end loop;
end $$;
