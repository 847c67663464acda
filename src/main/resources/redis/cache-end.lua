-- Ends a computation: keeps its value, unless the workspace was cleared since it began, or tells
-- those who wait why it failed.
-- KEYS: the value, the generations, the computation, its failure.
-- ARGV: the workspace, the token, 'value' or 'failed', the value or the failure, milliseconds, the
-- generation in which it began.
if redis.call('GET', KEYS[3]) ~= ARGV[2] then
  return 0
end
redis.call('DEL', KEYS[3])
if ARGV[3] == 'failed' then
  redis.call('SET', KEYS[4], ARGV[4], 'PX', ARGV[5])
  return 1
end
if (redis.call('HGET', KEYS[2], ARGV[1]) or '0') ~= ARGV[6] then
  return 0
end
redis.call('SET', KEYS[1], ARGV[6] .. ':' .. ARGV[4], 'PX', ARGV[5])
return 1
