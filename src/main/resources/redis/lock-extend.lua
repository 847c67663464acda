-- Keeps a lock for longer, if it is the owner's.
-- KEYS: the lock. ARGV: the owner, milliseconds from now.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
