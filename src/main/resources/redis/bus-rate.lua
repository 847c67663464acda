-- How many deliveries of a subscription may begin now, over all hubs.
-- KEYS[1]: until when, in microseconds, all that have begun use up the rate.
-- ARGV: how many are wanted (0 to look only, negative to give back), microseconds a delivery, how
-- many may begin at once.
-- Returns how many were granted, how many more could be, and the microseconds until the next can.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local wanted, interval, burst = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local used = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now)
-- A route whose rate was raised does not wait for what its old rate has used up.
used = math.min(used, now + burst * interval)
local free = math.floor((now + burst * interval - used) / interval + 0.000001)
local granted = math.min(wanted, free)
if granted ~= 0 then
  used = used + granted * interval
  if used > now then
    redis.call('SET', KEYS[1], string.format('%.0f', used), 'PX', math.ceil((used - now) / 1000) + 1000)
  else
    redis.call('DEL', KEYS[1])
  end
end
free = free - granted
local wait = 0
if free < 1 then
  wait = math.max(1, math.ceil(used + interval - now - burst * interval))
end
return {granted, free, wait}
