#!/usr/bin/env bash
# Builds, tests and benchmarks on a machine with an NVIDIA GPU and without a network: tests/device.sh WHEELS [OUT]
# WHEELS is a folder with the wheels of a CUDA build of torch and of what it needs beyond the CUDA toolkit and cuDNN
# (pip download torch, nvidia-cusparselt-cu13, nvidia-nvshmem-cu13, nvidia-cufile, nvidia-nccl-cu13); the Debian packages
# of ./test must be there already. What was measured is written to OUT (build/device-results by default).
set -euo pipefail
cd "$(dirname "$0")/.."
wheels=$(realpath "${1:?"Where are the wheels? Usage: tests/device.sh WHEELS [OUT]"}")
mkdir -p "${2:-build/device-results}"
out=$(realpath "${2:-build/device-results}")
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
nvidia-smi --query-gpu=name,memory.total,driver_version --format=csv | tee "$out/device.txt"
# A test that is skipped for want of a device is a failure here.
ctest --preset cuda -R '^gpu/' --output-junit "$out/tests.xml" | tee "$out/tests.txt"
! grep -i 'skipped.*device' "$out/tests.txt"

cli=build/cuda/bin/spacewright-cli
"$cli" doctor | tee "$out/doctor.txt"
for device in cpu cuda; do
    rm -rf "$out/$device.study"*
    "$cli" new "$out/$device.study" --default
    "$cli" run "$out/$device.study" --device "$device" --models 8 --json | tee "$out/run-$device.json"
done
