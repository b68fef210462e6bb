#!/usr/bin/env bash
# Builds, tests and benchmarks on a machine with an NVIDIA GPU and without a network: tests/device.sh WHEELS [OUT [DEVICE]]
# WHEELS is a folder with the wheels of a CUDA build of torch and of what it needs beyond the CUDA toolkit and cuDNN
# (pip download --no-deps torch nvidia-cusparselt-cu13 nvidia-nvshmem-cu13 nvidia-cufile nvidia-nccl-cu13); the Debian
# packages of ./test and libbenchmark-dev must be there already. What was measured is written to OUT
# (build/device-results by default), figures.md among it: tables for docs/measurements.md.
# DEVICE is cuda by default; with cpu the script itself can be tried where there is no GPU.
set -euo pipefail
cd "$(dirname "$(realpath "$0")")/.."
wheels=$(realpath "${1:?"Where are the wheels? Usage: tests/device.sh WHEELS [OUT [DEVICE]]"}")
mkdir -p "${2:-build/device-results}"
out=$(realpath "${2:-build/device-results}")
device=${3:-cuda}
seconds=${SECONDS_EACH:-2}
command -v nvcc >/dev/null || export PATH=$PATH:/usr/local/cuda/bin
command -v nvcc >/dev/null || { echo "There is no nvcc; install the CUDA toolkit, or put its bin folder on PATH." >&2; exit 1; }

libraries=build/device-libraries
if [ ! -d "$libraries/torch" ]; then
    ls "$wheels"/torch-*.whl >/dev/null 2>&1 || { echo "$wheels holds no torch-*.whl." >&2; exit 1; }
    mkdir -p "$libraries"
    for wheel in "$wheels"/*.whl; do python3 -m zipfile -e "$wheel" "$libraries"; done
fi
libraries=$(realpath "$libraries")
folders=$(find "$libraries" -name '*.so*' -printf '%h\n' | sort -u | tr '\n' ':')
export LD_LIBRARY_PATH=$folders${LD_LIBRARY_PATH:-}

cmake --preset cuda -DCMAKE_PREFIX_PATH="$libraries/torch" >"$out/configure.log" 2>&1 || { tail "$out/configure.log" >&2; exit 1; }
cmake --build --preset cuda
if [ "$device" = cpu ]; then
    echo "CPU, to try the script" >"$out/device.txt"
else
    nvidia-smi --query-gpu=name,memory.total,driver_version --format=csv,noheader | tee "$out/device.txt"
fi
ctest --preset cuda -R '^gpu/' --output-junit "$out/tests.xml" | tee "$out/tests.txt"
if [ "$device" != cpu ] && grep -iq 'skipped.*device\|no CUDA device' "$out/tests.xml"; then
    echo "A test was skipped for want of a device: LibTorch or the kernels see none." >&2
    exit 1
fi

cli=build/cuda/bin/spacewright-cli
"$cli" doctor | tee "$out/doctor.txt"
"$cli" verify --json --device "$device" tests/data/golden/*.json >"$out/verify.json"

# bench train: NAME.json is missing where the device refuses the precision.
bench() { # NAME NETWORK ARGUMENTS...
    echo "bench train $*" >&2
    "$cli" bench train --json --seconds "$seconds" --device "$device" --batch 64 --network "docs/networks/$2.json" "${@:3}" \
        >"$out/bench/$1.json" || rm "$out/bench/$1.json"
}
rm -rf "$out/bench"
mkdir "$out/bench"
for file in docs/networks/*.json; do
    network=$(basename "$file" .json)
    bench "$network 1 reference" "$network" --reference
    for precision in fp32 tf32 bf16; do
        for workers in 1 4 8; do
            bench "$network $workers $precision" "$network" --workers "$workers" --precision "$precision"
        done
    done
done
build/cuda/bin/bench_kernels --benchmark_filter='^device/' --benchmark_format=json >"$out/kernels.json"

# The same networks in every precision: have they the same errors?
for precision in fp32 tf32 bf16; do
    study=$out/$precision.study
    rm -rf "$study"*
    "$cli" new "$study" --space AnyNetX_A --flops 1.5M:2M --models "${MODELS:-24}" --training-images 8000 \
        --validation-images 5000 --precision "$precision"
    "$cli" run "$study" --device "$device" --json >"$out/run-$precision.json" || rm "$out/run-$precision.json"
done
for precision in tf32 bf16; do
    [ ! -f "$out/run-$precision.json" ] ||
        "$cli" compare "$out/fp32.study" "$out/$precision.study" --json >"$out/compare-$precision.json"
done
python3 tests/device_figures.py "$out" | tee "$out/figures.md"
