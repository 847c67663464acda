-- Sets a value if the key has the expected one, or none.
-- KEYS: the value. ARGV: 'absent' or 'value', the expected value, the new one, milliseconds.
local now = redis.call('GET', KEYS[1])
if (ARGV[1] == 'absent' and now) or (ARGV[1] == 'value' and now ~= ARGV[2]) then
  return 0
end
redis.call('SET', KEYS[1], ARGV[3], 'PX', ARGV[4])
return 1
