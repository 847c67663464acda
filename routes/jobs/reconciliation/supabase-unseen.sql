-- A row is what its trigger would have told, unless that was told: as inserted if it was created in the
-- time that is looked at, else as updated. It was told if an event of the row had this updated_at. The
-- id is the recoveredKey of the sources, so that a webhook which comes late is known. What the row was
-- like before, nobody can say.
with page as (
  select r as record, r ->> 'id' as id, r ->> 'updated_at' as updated_text,
    r ->> 'created_at' as created_text, (r ->> 'updated_at')::timestamptz as updated,
    (r ->> 'created_at')::timestamptz as created, number
  from jsonb_array_elements(cast(:#${variable.page[rows]} as jsonb)) with ordinality as p (r, number)
), place as (
  select split_part(t, '.', 1) as schema, split_part(t, '.', 2) as name,
    array['supabase.' || t || '.inserted', 'supabase-header.' || t || '.inserted'] as inserted,
    array['supabase.' || t || '.updated', 'supabase-header.' || t || '.updated'] as updated,
    cast(cast(:#${variable.window[since]} as text) as timestamptz) as since,
    -- A day for webhooks that were late.
    (select max(updated) from page) + interval '1 day' as last
  from cast(:#${variable.table} as text) as t
), told as materialized (
  select e.subject as id, e.type = any(place.inserted) as inserted,
    (convert_from(e.body, 'UTF8')::jsonb -> 'record' ->> 'updated_at')::timestamptz as updated
  from place join serai.event e on e.type = any(place.inserted || place.updated)
    -- An hour for clocks that differ.
    and e.id >= serai.least_id(place.since - interval '1 hour')
    and e.id < serai.least_id(place.last) and not e.conflict
  where e.subject in (select id from page)
), unseen as (
  select p.*, coalesce(created >= place.since, false)
      and not exists (select from told t where t.id = p.id and t.inserted) as is_new,
    not exists (select from told t where t.id = p.id and t.updated = p.updated) as is_changed
  from page p, place
)
select jsonb_build_object(
  'id', format('%s.%s.%s:%s:%s', l.schema, l.name, case when is_new then 'INSERT' else 'UPDATE' end,
    u.id, case when is_new then created_text else updated_text end),
  'type', case when is_new then 'INSERT' else 'UPDATE' end, 'schema', l.schema, 'table', l.name,
  'record', record, 'old_record', case when not is_new then '{}'::jsonb end,
  'sent_at', updated_text)::text as body
from unseen u, place l where is_new or is_changed
order by number
