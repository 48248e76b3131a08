#!/usr/bin/env bash
# Puts archviz on the PATH of a pipeline: the one that is there, or a release, checked by its checksum.
#   in : ARCHVIZ_VERSION  a release such as 0.1.0; empty takes the program on the PATH, or the latest release
#        ARCHVIZ_BASE_URL where releases are, without a slash at the end (…/releases)
#        ARCHVIZ_BIN      the folder to put it into; default: a folder for temporary files
#   out: the program in ARCHVIZ_BIN, its folder in GITHUB_PATH where there is one; or one clear error and exit 1
set -euo pipefail

fail() { echo "install.sh: $*" >&2; exit 1; }

version=${ARCHVIZ_VERSION:-}
if [ -z "$version" ] && command -v archviz >/dev/null; then
  echo "using $(command -v archviz), $(archviz --version)"
  exit 0
fi

base=${ARCHVIZ_BASE_URL:-}
[ -n "$base" ] || fail "archviz is not on the PATH, and ARCHVIZ_BASE_URL names no releases"
for command in curl tar; do
  command -v "$command" >/dev/null || fail "$command is missing"
done

case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) target=x86_64-unknown-linux-musl ;;
  Linux-aarch64 | Linux-arm64) target=aarch64-unknown-linux-musl ;;
  Darwin-x86_64) target=x86_64-apple-darwin ;;
  Darwin-arm64) target=aarch64-apple-darwin ;;
  MINGW*-x86_64 | MSYS*-x86_64) target=x86_64-pc-windows-msvc ;;
  *) fail "no release for $(uname -s) on $(uname -m); build it with cargo" ;;
esac

if [ -z "$version" ]; then
  # The address of the latest release ends with its tag.
  latest=$(curl -fsSLI -o /dev/null -w '%{url_effective}' "$base/latest") || fail "can't reach $base/latest"
  version=${latest##*/v}
fi

folder=${ARCHVIZ_BIN:-${RUNNER_TEMP:-${TMPDIR:-/tmp}}/archviz-$version}
mkdir -p "$folder"
archive="archviz-$version-$target.tar.gz"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for file in "$archive" "$archive.sha256"; do
  curl -fsSL --retry 3 -o "$work/$file" "$base/download/v$version/$file" || fail "can't fetch $base/download/v$version/$file"
done

sum() { if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi; }
wanted=$(cut -d ' ' -f 1 <"$work/$archive.sha256")
found=$(sum "$work/$archive" | cut -d ' ' -f 1)
[ "$wanted" = "$found" ] || fail "the checksum of $archive is $found, not $wanted"

tar -xzf "$work/$archive" -C "$work"
for name in archviz archviz.exe; do
  if [ -f "$work/archviz-$version-$target/$name" ]; then
    cp "$work/archviz-$version-$target/$name" "$folder/"
  fi
done
if [ -n "${GITHUB_PATH:-}" ]; then echo "$folder" >>"$GITHUB_PATH"; fi
echo "installed archviz $version into $folder"
