#!/usr/bin/env bash
# Packs a release: the program, completions, man pages and what a reader wants, with a checksum beside it.
#   usage: package.sh TARGET PROGRAM FOLDER
#   out  : FOLDER/archviz-VERSION-TARGET.tar.gz and the same with .sha256
set -euo pipefail

[ $# -eq 3 ] || { echo "usage: package.sh TARGET PROGRAM FOLDER" >&2; exit 2; }
target=$1 program=$2 folder=$3
root=$(cd "$(dirname "$0")/.." && pwd)
# A program of another machine can't be asked; completions and man pages then come from ARCHVIZ_NATIVE.
native=${ARCHVIZ_NATIVE:-$program}
version=$("$native" --version | cut -d ' ' -f 2)
name="archviz-$version-$target"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
stage="$work/$name"
mkdir -p "$stage/completions" "$folder"

cp "$program" "$stage/"
cp "$root/README.md" "$root/CHANGELOG.md" "$root"/LICENSE-* "$stage/"
"$native" -q man --out "$stage/man"
for shell in bash elvish fish powershell zsh; do
  "$native" completions "$shell" >"$stage/completions/archviz.$shell"
done

# Names in order, no owner and one time: the same bytes from the same files, where tar knows how.
if tar --version 2>/dev/null | grep -q GNU; then
  tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@${SOURCE_DATE_EPOCH:-0}" -C "$work" -cf - "$name" | gzip -n >"$folder/$name.tar.gz"
else
  tar -C "$work" -czf "$folder/$name.tar.gz" "$name"
fi
sum() { if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi; }
(cd "$folder" && sum "$name.tar.gz" >"$name.tar.gz.sha256")
echo "$folder/$name.tar.gz"
