-- The archive: what it needs of events, and whom it has forgotten.

alter table serai.event add column signature text;

comment on column serai.event.signature is 'The headers that prove the body, as JSON, so that they can be checked again; null where they are secret or not kept';

-- A hub of the version before does not look at it and delivers too much, which the route leaves out.
alter table serai.subscription add column received boolean not null default false;

comment on column serai.subscription.received is 'Whether it takes only what sources have brought and is not sensitive';

-- Nothing here says who it was: subjects are compared by salted hashes.
create table serai.erased_subject (
  id         uuid        primary key,
  at         timestamptz not null, -- events received before are erased
  salt       text        not null,
  hash       text        not null, -- hex of SHA-256 over salt and subject
  workspace  text,                 -- only of this one
  source     text,                 -- only of this one
  erased_at  timestamptz           -- when all of it was gone
);

comment on table serai.erased_subject is 'Subjects whose events were erased, so that a restore erases them again';

-- Brings a page of events back with their own ids, times and keys; what is there stays as it is. Says
-- of each id what became of it: restored, there, or known, when another event has its key.
create function serai.restore_1(
  matched_version bigint, ids text[], sources text[], types text[], keys text[], subjects text[],
  workspaces text[], times bigint[], received bigint[], content_types text[], bodies bytea[],
  verified_bys text[], causation_ids text[], hop_counts int[], signatures text[], conflicts boolean[],
  erased bigint[], delivery_events text[], delivery_subscriptions int[], delivery_due bigint[],
  delivery_order_keys text[])
returns table (event_id uuid, outcome text)
language plpgsql set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  mine  uuid[];
  fresh uuid[];
begin
  if (select version from serai.subscription_version) <> matched_version then
    return query select null::uuid, null::text;
    return;
  end if;
  insert into serai.event_key (source, key, event_id)
  select * from unnest(sources, keys, ids::uuid[]) on conflict do nothing;
  select coalesce(array_agg(k.event_id), '{}') into mine
  from unnest(sources, keys, ids::uuid[]) as r (source, key, id)
    join serai.event_key k on k.key = r.key and k.source = r.source and k.event_id = r.id;
  with added as (
    insert into serai.event (id, source, type, key, subject, workspace, time, received_at, content_type,
      body, verified_by, causation_id, hops, signature, conflict, sensitive, erased_at)
    select r.id, r.source, r.type, r.key, r.subject, r.workspace, serai.at(r.time), serai.at(r.received),
      r.content_type, r.body, r.verified_by, r.causation_id, r.hops, r.signature, r.conflict,
      case when r.erased is not null then true end, serai.at(r.erased)
    from unnest(ids::uuid[], sources, types, keys, subjects, workspaces, times, received, content_types,
        bodies, verified_bys, causation_ids::uuid[], hop_counts, signatures, conflicts, erased)
      as r (id, source, type, key, subject, workspace, time, received, content_type, body, verified_by,
            causation_id, hops, signature, conflict, erased)
    where r.id = any(mine)
    on conflict do nothing
    returning id
  )
  select coalesce(array_agg(id), '{}') into fresh from added;
  -- They give way to all others, as those of a replay do.
  insert into serai.delivery (event_id, subscription_id, due_at, order_key, priority)
  select d.event_id, d.subscription_id, serai.at(d.due_at), d.order_key, -1
  from unnest(delivery_events::uuid[], delivery_subscriptions, delivery_due, delivery_order_keys)
    as d (event_id, subscription_id, due_at, order_key)
  where d.event_id = any(fresh)
  on conflict do nothing;
  return query select r.id, case when r.id = any(fresh) then 'restored'
      when r.id = any(mine) then 'there' else 'known' end
    from unnest(ids::uuid[]) as r (id);
end $$;

-- The events of a subject that were received before a time, the runs that have it as a parameter, and all
-- that was emitted while these were handled.
create function serai.events_of_subject_1(
  salt text, hash text, of_workspace text, of_source text, before timestamptz)
returns setof uuid language sql stable as $$
  with recursive found as (
    select e.id from serai.event e
    where e.id < serai.least_id(before) and e.subject is not null
      and (of_workspace is null or e.workspace = of_workspace)
      and (of_source is null or e.source = of_source)
      and encode(sha256(convert_to(salt || e.subject, 'UTF8')), 'hex') = hash
    union
    select r.event_id from serai.run r
    where r.event_id < serai.least_id(before) and of_source is null
      and (of_workspace is null or r.parameters ->> 'workspace' = of_workspace)
      and exists (select from jsonb_each_text(r.parameters) as p
        where encode(sha256(convert_to(salt || p.value, 'UTF8')), 'hex') = hash)
    union
    select e.id from serai.event e join found f on e.causation_id = f.id
  )
  select id from found
$$;
