-- Looks for a cached value; who finds none and nobody who computes it is to compute it.
-- KEYS: the value, the generations, the computation, the failure of the one waited for.
-- ARGV: the workspace, a new token, milliseconds of its lease, whether one is waited for (1 or 0).
local generation = redis.call('HGET', KEYS[2], ARGV[1]) or '0'
local value = redis.call('GET', KEYS[1])
if value then
  local mark = string.find(value, ':', 1, true)
  if mark and string.sub(value, 1, mark - 1) == generation then
    return { 'value', string.sub(value, mark + 1) }
  end
end
if ARGV[4] == '1' then
  local failure = redis.call('GET', KEYS[4])
  if failure then
    return { 'failed', failure }
  end
end
local other = redis.call('GET', KEYS[3])
if other then
  return { 'wait', other }
end
redis.call('SET', KEYS[3], ARGV[2], 'PX', ARGV[3])
return { 'compute', generation }
