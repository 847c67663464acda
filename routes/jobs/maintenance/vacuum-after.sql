select coalesce(sum(n_dead_tup), 0) as dead, pg_size_pretty(pg_database_size(current_database())) as bytes
from pg_stat_user_tables
