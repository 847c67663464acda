-- Adds to a number; one that begins gets an expiry.
-- KEYS: the number. ARGV: what to add, milliseconds.
local sum = redis.call('INCRBY', KEYS[1], ARGV[1])
if redis.call('PTTL', KEYS[1]) < 0 then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
return sum
