#!/bin/sh
# Installs the programs that the tests of pipelines run: mdBook, MkDocs, pre-commit, validators of workflow files.
#   in : Python >= 3.9 with venv, Node >= 20 with npm
#   out: silence and exit 0 when everything is there, one line per step that was needed, or one clear error and exit 1.
set -eu
cd "$(dirname "$0")"

fail() { echo "pipelines/install.sh: $*" >&2; exit 1; }

command -v python3 >/dev/null || fail "python3 is missing"
command -v npm >/dev/null || fail "npm is missing: install Node 20 or newer with npm"

stamp=venv/.installed-from
wanted=$(cksum <requirements.txt)
if [ "$(cat "$stamp" 2>/dev/null || true)" != "$wanted" ]; then
  echo "installing Python packages for pipelines"
  rm -rf venv
  python3 -m venv venv >/dev/null 2>&1 || fail "python3 -m venv failed; on Debian install python3-venv"
  venv/bin/pip install --quiet --disable-pip-version-check --requirement requirements.txt || fail "pip install failed"
  echo "$wanted" >"$stamp"
fi

stamp=node_modules/.installed-from
wanted=$(cat package.json package-lock.json | cksum)
if [ "$(cat "$stamp" 2>/dev/null || true)" != "$wanted" ]; then
  echo "installing npm packages for pipelines"
  npm ci --silent --no-progress || fail "npm ci failed"
  echo "$wanted" >"$stamp"
fi
