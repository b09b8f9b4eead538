-- Sends prepared requests, one line each: method, path, cookie, body, separated by tabs.
local requests, at = {}, 0

function init(args)
  for line in io.lines(args[1]) do
    local method, path, cookie, body = line:match("([^\t]*)\t([^\t]*)\t([^\t]*)\t([^\t]*)")
    local headers = { ["Accept-Encoding"] = "gzip" }
    if cookie ~= "" then headers["Cookie"] = cookie end
    if method == "POST" then headers["Content-Type"] = "application/x-www-form-urlencoded" end
    requests[#requests + 1] = wrk.format(method, path, headers, body ~= "" and body or nil)
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end
