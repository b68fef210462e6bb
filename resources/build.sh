# Sourced by ./run and ./test: installs what is missing (Debian and Ubuntu packages) and builds a preset.

say() { printf '%s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }

# One package a line; "a|b" is one package under its names in different releases.
build_packages="g++ cmake ninja-build ccache libtorch-dev libdnnl-dev qt6-base-dev qt6-qpa-plugins
    qt6-charts-dev|libqt6charts6-dev qt6-svg-dev|libqt6svg6-dev libgl-dev libeigen3-dev libsqlite3-dev zlib1g-dev
    nlohmann-json3-dev libyaml-cpp-dev libcli11-dev libspdlog-dev fonts-dejavu-core dataset-fashion-mnist"
test_packages="libgtest-dev"

installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# install_missing PACKAGE...: nothing happens when all are there.
install_missing() {
    local package name missing=()
    for package in "$@"; do
        for name in ${package//|/ }; do installed "$name" && continue 2; done
        missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return
    local names=()
    for package in "${missing[@]}"; do names+=("${package%%|*}"); done
    [ "$no_install" = yes ] && stop "These packages are missing: ${names[*]}. Install them, or leave out --no-install."
    command -v apt-get >/dev/null || stop "These packages are missing: ${names[*]}. This system has no apt-get; install their like by hand and run again with --no-install."
    local root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || stop "These packages are missing: ${names[*]}. Installing them needs root or sudo; ask whoever has it to run: apt-get install ${names[*]}"
        root=(sudo)
    fi
    say "Installing ${names[*]} ..."
    "${root[@]}" apt-get update -qq >&2 || say "The package lists could not be renewed; going on with the old ones."
    names=()
    for package in "${missing[@]}"; do
        for name in ${package//|/ }; do
            [ -n "$(apt-cache madison "$name" 2>/dev/null)" ] && { names+=("$name"); continue 2; }
        done
        stop "There is no package ${package//|/ or } in this system's package lists; Debian 12 and Ubuntu 24.04 have it (Ubuntu: enable \"universe\")."
    done
    DEBIAN_FRONTEND=noninteractive "${root[@]}" apt-get install -y -qq --no-install-recommends "${names[@]}" >&2 ||
        stop "The packages could not be installed; the lines above say why. Run again when that is mended."
}

# build PRESET: configures once, then builds what has changed.
build() {
    local folder="build/$1" log="build/$1.log"
    mkdir -p build
    if [ ! -f "$folder/build.ninja" ]; then
        say "Configuring $folder ..."
        cmake --preset "$1" >"$log" 2>&1 || { tail -n 20 "$log" >&2; stop "Configuring failed; the whole log is in $log."; }
    fi
    # A quiet no-op is the usual case; progress is shown otherwise.
    cmake --build "$folder" >&2 || stop "Building failed; the lines above say where."
}
