-- Takes a lock that nobody holds and returns its token, which is greater than all before.
-- Microseconds of Redis' clock are its floor, so that it also grows when Redis was emptied.
-- KEYS: the lock, the last token. ARGV: the owner, milliseconds, milliseconds of the last token.
if redis.call('EXISTS', KEYS[1]) == 1 then
  return ''
end
local time = redis.call('TIME')
local token = tonumber(time[1]) * 1000000 + tonumber(time[2])
local last = tonumber(redis.call('GET', KEYS[2]) or '0')
if token <= last then
  token = last + 1
end
local text = string.format('%.0f', token)
redis.call('SET', KEYS[2], text, 'PX', ARGV[3])
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return text
