-- An exact sliding window: a list of "time:total:cost", the oldest first, where total is the sum of
-- all costs up to this entry. What is in the window is so the difference of its ends. Entries of one
-- microsecond are one. Times are Redis's own, and never go back within a list.
--
-- KEYS[1] the list
-- ARGV    limit, window in microseconds, cost, 1 to take it or 0 to look
-- returns allowed, remaining, now, and the microseconds until the window is empty and until the
--         cost fits
local key = KEYS[1]
local limit, window, cost = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local take = ARGV[4] == '1'

local function read(index)
  local text = redis.call('LINDEX', key, index)
  if not text then return nil end
  local time, total, one = string.match(text, '^(%d+):(%d+):(%d+)$')
  return { time = tonumber(time), total = tonumber(total), cost = tonumber(one) }
end

local function text(time, total, one)
  return string.format('%.0f:%.0f:%.0f', time, total, one)
end

-- The first index from low to high for which it is so; high, if for none before.
local function first(low, high, is)
  while low < high do
    local middle = math.floor((low + high) / 2)
    if is(read(middle)) then high = middle else low = middle + 1 end
  end
  return low
end

local clock = redis.call('TIME')
local now = tonumber(clock[1]) * 1000000 + tonumber(clock[2])
local last = read(-1)
if last and last.time > now then now = last.time end

local head = read(0)
if head and head.time <= now - window then
  local kept = first(1, redis.call('LLEN', key), function(one) return one.time > now - window end)
  redis.call('LTRIM', key, kept, -1)
  head = read(0)
  if not head then last = nil end
end

local before = 0
local used = 0
if head then
  before = head.total - head.cost
  used = last.total - before
end

local allowed = used + cost <= limit
local wait = 0
if allowed and take then
  if last and last.time == now then
    redis.call('LSET', key, -1, text(now, last.total + cost, last.cost + cost))
  else
    redis.call('RPUSH', key, text(now, (last and last.total or 0) + cost, cost))
  end
  redis.call('PEXPIRE', key, math.ceil(window / 1000) + 1)
  used = used + cost
  last = { time = now }
elseif not allowed and cost <= limit then
  local enough = before + used + cost - limit
  local index = first(0, redis.call('LLEN', key) - 1, function(one) return one.total >= enough end)
  wait = read(index).time + window - now
end

return {
  allowed and 1 or 0,
  math.max(0, limit - used),
  now,
  last and last.time + window - now or 0,
  wait
}
