-- SPDX-FileCopyrightText: The Assent authors
-- SPDX-License-Identifier: Apache-2.0
-- Every request is a new visitor's choice: an id, a secret and refusals of their own.
local version = os.getenv("POLICY_VERSION")
local sha256 = os.getenv("POLICY_SHA256")
local alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function init()
  math.randomseed(os.time() * 31 + number * 7919)
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "text/plain"
  wrk.headers["Origin"] = "https://shop.example"
end

local function secret()
  local characters = {}
  for i = 1, 42 do
    local at = math.random(64)
    characters[i] = alphabet:sub(at, at)
  end
  return table.concat(characters) .. "A"
end

local function id()
  local millis = os.time() * 1000 + math.random(0, 999)
  local high = math.floor(millis / 65536)
  return string.format(
    "%08x-%04x-7%03x-%04x-%06x%06x",
    high, millis % 65536, math.random(0, 4095), 32768 + math.random(0, 16383),
    math.random(0, 16777215), math.random(0, 16777215))
end

function request()
  local flag = math.random(2) == 1 and "true" or "false"
  return wrk.format(nil, nil, nil, string.format(
    '{"id":"%s","policy":{"version":%s,"sha256":"%s"},'
      .. '"choices":{"session":true,"theme":%s,"analytics":false},"action":"save","source":"banner",'
      .. '"language":"en","layout":"mobile","occurredAt":"2026-11-21T10:00:03.120Z","secret":"%s"}',
    id(), version, sha256, flag, secret()))
end
