-- Sets a value and returns the one before, in a list.
-- KEYS: the value. ARGV: the new one, milliseconds.
local before = redis.call('GET', KEYS[1])
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return before and { before } or {}
