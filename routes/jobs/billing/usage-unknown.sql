select coalesce('; of no workspace: ' || billing.unknown_1(
  cast(:#${variable.window[first_period]} as text), cast(:#${variable.window[period]} as text)), '') as unknown
