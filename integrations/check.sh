#!/usr/bin/env bash
# What a pipeline checks: the specification, the committed pictures, the documents. All of it, then one exit code.
#   in : ARCHVIZ_SPEC    the specification; default: the nearest one
#        FORMAT          how findings are written: github, gitlab, human, …; default: human
#        FAIL_ON         the lowest level that fails; default: error
#        RENDER, DOCS    true or false: whether pictures and documents are compared; default: true
#        SINCE           a version that numbers such as flows.added compare with; may be empty
#        BASELINE        a baseline of findings that may wait; may be empty
#   out: findings and differences on stdout; exit 0 if nothing is stale, 1 if something is, 2 and 3 as archviz has them
set -uo pipefail

format=${FORMAT:-human}
worst=0
run() {
  echo "+ archviz $*" >&2
  archviz "$@"
  local code=$?
  if [ "$code" -gt "$worst" ]; then worst=$code; fi
}

options=(--format "$format" --fail-on "${FAIL_ON:-error}")
if [ -n "${BASELINE:-}" ]; then
  run check "${options[@]}" --baseline "$BASELINE"
else
  run check "${options[@]}"
fi
if [ "${RENDER:-true}" = true ]; then run render --check; fi
if [ "${DOCS:-true}" = true ]; then
  if [ -n "${SINCE:-}" ]; then
    run docs --check "${options[@]}" --since "$SINCE"
  else
    run docs --check "${options[@]}"
  fi
fi
exit "$worst"
