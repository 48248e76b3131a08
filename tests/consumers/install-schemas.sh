#!/usr/bin/env bash
# Fetches the schemas that reports are held to into tests/consumers/schemas, where the tests
# look; ARCHVIZ_SARIF_SCHEMA and ARCHVIZ_JUNIT_XSD name files in other places.
# They come out of published packages, since neither schema may be committed here:
# SARIF 2.1.0 (OASIS) from the crate serde-sarif, JUnit (Jenkins) from pytest's sources.
# Needs cargo, pip, and xmllint (Debian: libxml2-utils).
set -euo pipefail

cd "$(dirname "$0")"
target="$PWD/schemas"
sarif="$target/sarif-2.1.0.json"
junit="$target/junit-10.xsd"
mkdir -p "$target"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

if [ ! -s "$sarif" ]; then
  mkdir -p "$work/crate/src"
  : > "$work/crate/src/lib.rs"
  cat > "$work/crate/Cargo.toml" <<'MANIFEST'
[package]
name = "schemas"
version = "0.0.0"
edition = "2024"
[dependencies]
serde-sarif = { version = "=0.8.0", default-features = false }
MANIFEST
  (cd "$work/crate" && cargo vendor --quiet vendor > /dev/null)
  cp "$work/crate/vendor/serde-sarif/src/schema.json" "$sarif"
fi

if [ ! -s "$junit" ]; then
  python3 -m pip download --quiet --no-deps --no-binary pytest --dest "$work" pytest==9.2.0 >&2
  tar -xzf "$work/pytest-9.2.0.tar.gz" -C "$work"
  cp "$work/pytest-9.2.0/testing/example_scripts/junit-10.xsd" "$junit"
fi

command -v xmllint > /dev/null || {
  echo 'xmllint is missing; install libxml2-utils' >&2
  exit 1
}
