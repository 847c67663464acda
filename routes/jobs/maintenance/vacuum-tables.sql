select format('%I.%I', schemaname, relname) as name, n_dead_tup as dead,
  format('vacuum (analyze) %I.%I', schemaname, relname) as command
from pg_stat_user_tables
where n_dead_tup >= :#${variable.job[parameters][rows]}::bigint
order by n_dead_tup desc
