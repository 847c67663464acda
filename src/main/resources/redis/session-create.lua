-- Keeps a new session and adds it to those of its user. Returns how many the user has.
-- KEYS: the session, the user's sessions.
-- ARGV: id, data, now, idle, ends, all times in milliseconds.
redis.call('HSET', KEYS[1], 'data', ARGV[2], 'version', 1, 'active', ARGV[3], 'idle', ARGV[4],
  'ends', ARGV[5])
redis.call('PEXPIRE', KEYS[1], math.min(ARGV[4], ARGV[5] - ARGV[3]))
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[3])
redis.call('ZADD', KEYS[2], ARGV[5], ARGV[1])
local longest = tonumber(redis.call('ZRANGE', KEYS[2], -1, -1, 'WITHSCORES')[2])
redis.call('PEXPIRE', KEYS[2], string.format('%.0f', math.max(longest - ARGV[3], 1)))
return redis.call('ZCARD', KEYS[2])
