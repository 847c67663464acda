-- From here on it is not sent again.
update notify.sent set sent_at = now(), message_id = cast(:#${variable.serai.messageId} as text)
where event_id = cast(:#${variable.event[id]} as uuid) and channel = cast(:#${variable.channel} as text)
  and address = cast(:#${variable.to} as text)
