-- SPDX-FileCopyrightText: The Assent authors
-- SPDX-License-Identifier: Apache-2.0
-- Every request is for the receipt of a record by its id; the ids, one a line, are in a random order.
local ids = {}
local threads = 0
local next = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function init()
  for id in io.lines(os.getenv("RECORD_IDS")) do
    ids[#ids + 1] = id
  end
  next = number * math.floor(#ids / 2)
end

function request()
  next = next % #ids + 1
  return wrk.format(nil, "/v1/consents/" .. ids[next] .. "/receipt")
end
