#!/bin/sh
# Make sure that the browser tests have a Chromium; without one, say how to get it and go on.
set -u
if [ -n "${CHROMIUM:-}" ] || command -v chromium >/dev/null || command -v chromium-browser >/dev/null; then
	exit 0
fi
root=
if [ "$(id -u)" != 0 ]; then
	root="sudo -n"
	$root true 2>/dev/null || root=none
fi
if [ "$root" != none ] && command -v apt-get >/dev/null; then
	echo "Installing Chromium for the browser tests…"
	if $root apt-get update -q >/dev/null && $root apt-get install -qy --no-install-recommends chromium >/dev/null; then
		exit 0
	fi
fi
echo "There is no Chromium here, so the browser tests are skipped. To run them: sudo apt-get install chromium"
echo "(or name one: CHROMIUM=/path/to/chromium make test)"
exit 0
