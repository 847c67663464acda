-- Nothing, if the other side has taken it before.
select recipient from notify.begin_1(
  event => cast(:#${variable.event[id]} as uuid), channel => cast(:#${variable.channel} as text),
  address => cast(:#${variable.to} as text), type => cast(:#${variable.event[type]} as text),
  workspace => cast(:#${variable.notice[workspace]} as text))
