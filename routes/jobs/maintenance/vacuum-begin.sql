-- Count from nothing.
select '' as done, 0::bigint as tables, 0::bigint as cleared, 0::bigint as left, 0::bigint as given,
  format('no table has %s dead rows', cast(:#${variable.job[parameters][rows]} as bigint)) as result
