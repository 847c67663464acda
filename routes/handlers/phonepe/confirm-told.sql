-- A state is told of once, however often the webhook comes.
update payments.status_check set told_at = now()
where provider = 'phonepe' and kind = cast(:#${variable.question[kind]} as text)
  and id = cast(:#${variable.question[id]} as text)
  and state = cast(:#${variable.verdict[state]} as text)
