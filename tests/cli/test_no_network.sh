#!/bin/sh
# Nothing leaves the machine: real work under strace, which sees every socket that a process or a child of it opens.
# Arguments: the terminal program, the window. Ends with 77 (skipped) where processes cannot be traced.
set -eu
program=$1 window=$2
folder=$(mktemp -d)
trap '[ ! -f "$folder/process" ] || kill -KILL "$(cat "$folder/process")" 2> /dev/null || true; rm -rf "$folder"' EXIT
strace -o /dev/null true 2>/dev/null || { echo "strace is missing, or may not trace here"; exit 77; }

export ASAN_OPTIONS=detect_leaks=0 # LeakSanitizer cannot look into a process that is traced
awk 'BEGIN { for (i = 0; i < 48; ++i) { printf "%d", i % 2
    for (p = 0; p < 784; ++p) printf ",%d", int(256 * rand())
    print "" } }' > "$folder/data.csv"

watched() { strace -f -e trace=socket,connect,sendto -o "$folder/calls" "$@" > "$folder/said" 2>&1; }
refuse_sockets() {
    if grep -E 'AF_INET6?|AF_PACKET' "$folder/calls"; then
        echo "$1 opened a network socket"
        exit 1
    fi
}
traced() {
    echo "+ $*"
    watched "$program" "$@" || { cat "$folder/said"; exit 1; }
    refuse_sockets "$1"
}
create() {
    traced new "$folder/$1.study" --space AnyNetX_A --flops :2M --data "$folder/data.csv" --epochs 1 --models 2 --seed 1 \
        --training-images 32 --validation-images 8 --batch 4
}
create a
traced run "$folder/a.study" --workers 1 --device cpu
traced status "$folder/a.study"
traced edf "$folder/a.study"
traced plot "$folder/a.study" -o "$folder/edf.svg"
traced report "$folder/a.study" -o "$folder/report.html"
traced export "$folder/a.study" --model 1 --format pycls -o "$folder/best.yaml"
create b
traced run "$folder/b.study" --workers 1 --device cpu --isolated
create c
traced cluster submit "$folder/c.study" --engine local --tasks 2 --bundle "$folder/c.bundle"

create d
echo "+ the window trains"
export HOME="$folder" XDG_CONFIG_HOME="$folder" XDG_RUNTIME_DIR="$folder" QT_QPA_PLATFORM=offscreen
watched sh -c 'echo $$ > "$0/process"; exec "$1" "$0/d.study" --train' "$folder" "$window" &
until "$program" status "$folder/d.study" --json | grep -q '"counts":{"waiting":0,"running":0'; do
    kill -0 $! || { cat "$folder/said"; exit 1; }
    sleep 0.5
done
kill -TERM "$(cat "$folder/process")"
wait $! || { cat "$folder/said"; exit 1; }
refuse_sockets "the window"
