select count(*) as due, count(*) > 0 as more from billing.due_1(
  cast(:#${variable.window[period]} as text), cast(:#${variable.window[workspace]} as text), '')
