-- Adds a table to the sum, as it is now; one that was dropped meanwhile has nothing left. Plain VACUUM
-- makes room for new rows, and gives back to the system only what is free at the end of a file.
with before as (
  select cast(:#${variable.table[id]} as bigint) as id, cast(:#${variable.table[name]} as text) as name,
    cast(:#${variable.table[dead]} as bigint) as dead, cast(:#${variable.table[bytes]} as bigint) as bytes,
    cast(:#${variable.sum[done]} as text) as done, cast(:#${variable.sum[tables]} as bigint) as tables,
    cast(:#${variable.sum[cleared]} as bigint) as cleared, cast(:#${variable.sum[left]} as bigint) as rest,
    cast(:#${variable.sum[given]} as bigint) as given
), compared as (
  select b.*, coalesce(s.n_dead_tup, 0) as dead_now, coalesce(pg_total_relation_size(s.relid), 0) as bytes_now
  from before b left join pg_stat_user_tables s on s.relid::bigint = b.id
)
select concat_ws(',', nullif(done, ''), id) as done, tables + 1 as tables,
  cleared + greatest(dead - dead_now, 0) as cleared, rest + dead_now as left,
  given + bytes - bytes_now as given,
  format('%s: %s dead rows, %s of them cleared; %s bytes before, %s after', name, dead,
    greatest(dead - dead_now, 0), bytes, bytes_now) as line,
  format('%s tables, %s dead rows cleared, %s dead rows left, %s bytes given back; the database has %s', tables + 1,
    cleared + greatest(dead - dead_now, 0), rest + dead_now, given + bytes - bytes_now,
    pg_size_pretty(pg_database_size(current_database()))) as result
from compared
