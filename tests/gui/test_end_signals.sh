#!/usr/bin/env bash
# The window ended by signals while it trains: a clean stop each time, and nothing of a model is lost.
# Usage: test_end_signals.sh SPACEWRIGHT SPACEWRIGHT_CLI
set -euo pipefail
window=$1 cli=$2
folder=$(mktemp -d)
study=$folder/a.study
process=
trap '[ -z "$process" ] || kill -KILL "$process" 2>/dev/null || true; rm -rf "$folder"' EXIT
export HOME=$folder XDG_CONFIG_HOME=$folder XDG_RUNTIME_DIR=$folder QT_QPA_PLATFORM=offscreen

count() { "$cli" status "$study" --json | tr -d ' \n' | sed -n "s/.*\"counts\":{[^}]*\"$1\":\([0-9]*\).*/\1/p"; }
fail() { echo "$1" >&2; cat "$folder/log" >&2; exit 1; }

"$cli" new "$study" --space AnyNetX_A --epochs 200 --models 2 --seed 1 > /dev/null
# A shell lets what it starts in the background ignore SIGINT.
for signal in TERM INT HUP; do
    env --default-signal=INT "$window" "$study" --train > "$folder/log" 2>&1 &
    process=$!
    until [ "$(count running)" -gt 0 ]; do
        kill -0 "$process" 2> /dev/null || fail "The window ended before SIG$signal."
        sleep 0.5
    done
    kill -"$signal" "$process"
    kill -"$signal" "$process" 2> /dev/null || true # whoever ends a session may send it twice
    status=0
    wait "$process" || status=$?
    process=
    [ "$status" = 0 ] || fail "SIG$signal: exit status $status."
    [ "$(count running)" = 0 ] || fail "SIG$signal left a model that counts as running."
    [ "$(count waiting)" = 2 ] || fail "SIG$signal: not both models wait."
    echo "SIG$signal: a clean end"
done
[ -n "$(ls -A "$study.weights")" ] || fail "No checkpoint was kept."
