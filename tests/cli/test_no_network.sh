#!/bin/sh
# Nothing leaves the machine: real work under strace, which sees every socket that a process or a child of it opens.
# Argument: the program. Ends with 77 (skipped) where processes cannot be traced.
set -eu
program=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
strace -o /dev/null true 2>/dev/null || { echo "strace is missing, or may not trace here"; exit 77; }

export ASAN_OPTIONS=detect_leaks=0 # LeakSanitizer cannot look into a process that is traced
awk 'BEGIN { for (i = 0; i < 48; ++i) { printf "%d", i % 2
    for (p = 0; p < 784; ++p) printf ",%d", int(256 * rand())
    print "" } }' > "$folder/data.csv"

traced() {
    echo "+ $*"
    strace -f -e trace=socket,connect,sendto -o "$folder/calls" "$program" "$@" > "$folder/said" 2>&1 ||
        { cat "$folder/said"; exit 1; }
    if grep -E 'AF_INET6?|AF_PACKET' "$folder/calls"; then
        echo "$1 opened a network socket"
        exit 1
    fi
}
traced new "$folder/a.study" --space AnyNetX_A --flops :2M --data "$folder/data.csv" --epochs 1 --models 2 --seed 1 \
    --training-images 32 --validation-images 8 --batch 4
traced run "$folder/a.study" --workers 1 --device cpu
traced status "$folder/a.study"
traced edf "$folder/a.study"
traced plot "$folder/a.study" -o "$folder/edf.svg"
traced report "$folder/a.study" -o "$folder/report.html"
traced export "$folder/a.study" --model 1 --format pycls -o "$folder/best.yaml"
