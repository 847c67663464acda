-- A thousand of each table; their days keep their sums in analytics.usage.
with executions as (
  delete from analytics.execution where ctid = any(array(
    select ctid from analytics.execution
    where happened_at < cast(cast(:#${variable.gone[before]} as text) as timestamptz)
    order by happened_at limit 1000))
  returning 1
), contents as (
  delete from analytics.content where ctid = any(array(
    select ctid from analytics.content
    where happened_at < cast(cast(:#${variable.gone[before]} as text) as timestamptz)
    order by happened_at limit 1000))
  returning 1
), gone as (
  select (select count(*) from executions) as executions, (select count(*) from contents) as contents
), sum as (
  select greatest(executions, contents) = 1000 as more,
    executions + cast(:#${variable.gone[executions]} as bigint) as executions,
    contents + cast(:#${variable.gone[contents]} as bigint) as contents,
    cast(:#${variable.gone[before]} as text) as before,
    cast(:#${variable.gone[total]} as bigint) as total
  from gone
)
select *, least(100 * (executions + contents) / greatest(total, 1), 100) as percent from sum
