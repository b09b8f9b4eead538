#!/bin/sh
# Write both locks: versions and hashes for every platform, and no address they came from.
set -eu
bin=.venv/bin
$bin/uv --version >/dev/null 2>&1 || $bin/python -m pip install --quiet uv
compile="$bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header pyproject.toml --extra install"
# The whole first: what the product alone would choose may not go with what its tests need.
$compile --extra dev -o requirements-dev.lock
$compile -c requirements-dev.lock -o requirements.lock
