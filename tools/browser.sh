#!/bin/sh
# Finds or installs a Chromium for the browser tests; says clearly when none can be had.
# COOLHEAD_BROWSER=required makes that an error.
find_browser() {
	command -v chromium || command -v chromium-browser || command -v google-chrome || command -v google-chrome-stable
}
find_browser >/dev/null && exit 0
as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo -n"
if command -v apt-get >/dev/null && { [ -z "$as_root" ] || $as_root true 2>/dev/null; }; then
	echo "Installing Chromium with apt-get for the browser tests (once) ..."
	$as_root apt-get update -qq >/dev/null 2>&1
	DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends chromium >/dev/null 2>&1
	find_browser >/dev/null && exit 0
fi
echo "Installing playwright's own Chromium for the browser tests (once) ..."
.venv/bin/playwright install chromium >/dev/null 2>&1 && exit 0
echo "NO BROWSER: the browser tests will be skipped. Install Chromium (package 'chromium') and run make test again." >&2
[ "$COOLHEAD_BROWSER" != required ]
