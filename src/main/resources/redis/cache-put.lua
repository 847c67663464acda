-- Keeps a value in the workspace's generation.
-- KEYS: the value, the generations. ARGV: the workspace, the value, milliseconds.
local generation = redis.call('HGET', KEYS[2], ARGV[1]) or '0'
redis.call('SET', KEYS[1], generation .. ':' .. ARGV[2], 'PX', ARGV[3])
return 1
