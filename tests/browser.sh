# shellcheck shell=sh
# browser.sh: headless Chromium for the cases in tests/cases/browser, which
# source it. It speaks WebDriver (W3C) with chromedriver through curl and jq,
# so that nothing comes from outside Debian's packages.
#
#	. "$ROOT/tests/browser.sh"
#	browse page.html 1280 800     opens it in a window of that size
#	run 'return document.title'   what the script returns, strings bare
#	click 'thead button'          as a mouse would, the first that fits
#	hover 'tbody td'; tap h1      by mouse; by finger
#	press Escape                  Tab, Enter or Escape
#	await '!tip.hidden'           until the expression holds
#
# Every request of the browser and everything on its console is kept:
# requests and console print it, and what one printed is not printed again.
# Without Chromium the case that sources this is skipped.

for tool in chromium chromedriver curl jq; do
	if ! command -v $tool >/dev/null; then
		echo "$tool is missing (./bootstrap check-browser)" >&2
		exit 77
	fi
done

# One session, ended with the case however it ends.
chromedriver --port=0 >driver.log 2>&1 &
driver=$!
session=''

end_session()
{
	[ -z "$session" ] || curl -s --noproxy '*' -X DELETE "$session" >/dev/null
	kill $driver
	wait $driver
} 2>/dev/null
trap end_session EXIT
trap 'exit 130' INT TERM

give_up()
{
	echo "browser.sh: $*" >&2
	exit 4
}

# METHOD PATH [BODY]: the value of the answer, as JSON.
call()
{
	answer=$(curl -s --noproxy '*' -X "$1" -H 'Content-Type: application/json' \
		${3+--data-binary "$3"} "$session$2") ||
		give_up "no answer to $2"
	printf '%s' "$answer" | jq -e 'if .value | type == "object" and
		has("error") then error(.value.message) else true end' \
		>/dev/null || give_up "$1 $2"
	printf '%s' "$answer" | jq -c .value
}

start_session()
{
	tries=0
	until port=$(sed -n 's/.*successfully on port \([0-9]*\).*/\1/p' driver.log) &&
	    [ -n "$port" ]; do
		tries=$((tries + 1))
		[ $tries -lt 300 ] || give_up 'chromedriver does not start'
		sleep 0.1
	done
	session=http://127.0.0.1:$port/session
	# No sandbox: root, and most containers, may not make one. No name is
	# resolved, so that a request that the log missed would fail, too.
	id=$(call POST '' "$(jq -n --arg home "$PWD/profile" \
		'{ capabilities: { alwaysMatch: { browserName: "chrome",
		"goog:loggingPrefs": { browser: "ALL", performance: "ALL" },
		"goog:chromeOptions": { binary: "'"$(command -v chromium)"'",
		args: ["--headless", "--no-sandbox", "--disable-gpu",
		"--disable-dev-shm-usage", "--hide-scrollbars",
		"--host-resolver-rules=MAP * ~NOTFOUND",
		"--user-data-dir=" + $home] } } } }')" | jq -r .sessionId) ||
		exit 4
	session=$session/$id
	call POST /url '{"url":"about:blank"}' >/dev/null
	console >/dev/null
	requests >/dev/null # of the page it starts with
}

# COMMAND PARAMETERS: of the DevTools protocol.
devtools()
{
	call POST /goog/cdp/execute "{\"cmd\":\"$1\",\"params\":$2}"
}

# FILE WIDTH HEIGHT [light|dark]
browse()
{
	[ -n "$session" ] || start_session
	devtools Emulation.setDeviceMetricsOverride "{\"width\":$2,
		\"height\":$3,\"deviceScaleFactor\":1,\"mobile\":false}" \
		>/dev/null
	devtools Emulation.setEmulatedMedia "{\"features\":[{\"name\":
		\"prefers-color-scheme\",\"value\":\"${4-light}\"}]}" >/dev/null
	call POST /url "{\"url\":\"file://$PWD/$1\"}" >/dev/null
}

run()
{
	call POST /execute/sync "$(jq -n --arg script "$1" \
		'{ script: $script, args: [] }')" | jq -r .
}

element()
{
	call POST /element "$(jq -n --arg selector "$1" \
		'{ using: "css selector", value: $selector }')" |
		jq -r '.[]'
}

click()
{
	found=$(element "$1")
	call POST "/element/$found/click" '{}' >/dev/null
}

# POINTER SELECTOR ACTION...: moves there, then does the actions. What is out
# of sight comes into it before, or the scrolling would be an event of its own.
point()
{
	pointer=$1 found=$(element "$2")
	run "document.querySelector('$2').scrollIntoView({
		behavior: 'instant', block: 'center' });
		return new Promise(done => requestAnimationFrame(() =>
		requestAnimationFrame(done)))" >/dev/null
	shift 2
	call POST /actions "$(jq -n --arg pointer "$pointer" \
		--arg found "$found" '{ actions: [{ type: "pointer",
		id: $pointer, parameters: { pointerType: $pointer },
		actions: ([{ type: "pointerMove", duration: 0, x: 0, y: 0,
		origin: { "element-6066-11e4-a52e-4f735466cecf": $found } }] +
		($ARGS.positional | map({ type: ., button: 0 }))) }] }' \
		--args "$@")" >/dev/null
}

hover()
{
	point mouse "$1"
}

tap()
{
	point touch "$1" pointerDown pointerUp
}

# The codes of keys are those of WebDriver's table of normalised keys.
press()
{
	case $1 in
	Tab) key='\uE004' ;;
	Enter) key='\uE007' ;;
	Escape) key='\uE00C' ;;
	esac
	call POST /actions "{\"actions\":[{\"type\":\"key\",\"id\":\"keys\",
		\"actions\":[{\"type\":\"keyDown\",\"value\":\"$key\"},
		{\"type\":\"keyUp\",\"value\":\"$key\"}]}]}" >/dev/null
}

await()
{
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		[ "$(run "return Boolean($1)")" = true ] && return
		sleep 0.2
	done
	give_up "never: $1"
}

console()
{
	call POST /se/log '{"type":"browser"}' | jq -r '.[].message'
}

# What was asked for since the last time, without the directory.
requests()
{
	call POST /se/log '{"type":"performance"}' |
		jq -r '.[].message | fromjson | .message |
		select(.method == "Network.requestWillBeSent") |
		.params.request.url' | sed "s|file://$PWD/||"
}

picture()
{
	call GET /screenshot | jq -r . | base64 -d >"$1"
}

print_pdf()
{
	call POST /print '{"background":false}' | jq -r . | base64 -d >"$1"
}
