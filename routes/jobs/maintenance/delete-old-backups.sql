-- What the bucket has no more.
delete from serai.backup
where kind = cast(:#${variable.keeping.kind} as text)
  and name = any(string_to_array(cast(:#${variable.keeping.gone} as text), ','))
