-- The table with the most dead rows of those that are left, as it is before; without id, if there is none.
with done as (
  select string_to_array(cast(:#${variable.sum[done]} as text), ',') as ids
), next as (
  select relid::bigint as id, format('%I.%I', schemaname, relname) as name, n_dead_tup as dead,
    cardinality(ids) as before, cardinality(ids) + count(*) over () as tables
  from done, pg_stat_user_tables
  where n_dead_tup >= cast(:#${variable.job[parameters][rows]} as bigint) and relid::text <> all(ids)
  order by n_dead_tup desc, relid limit 1
)
select id, name, dead, pg_total_relation_size(id::oid) as bytes, 'vacuum (analyze) ' || name as command,
  format('%s of %s tables: %s', before + 1, tables, name) as message, 100 * before / tables as percent
from done left join next on true
