# Sourced by ./run and ./test: installs what is missing (Debian and Ubuntu packages) and builds a preset.

say() { printf '%s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }

# "a|b" is one package under its names in different releases; "a?" is left out where a release has no such package.
build_packages="g++ cmake ninja-build ccache libtorch-dev libdnnl-dev qt6-base-dev qt6-qpa-plugins
    qt6-charts-dev|libqt6charts6-dev libqt6opengl6-dev? qt6-svg-dev|libqt6svg6-dev libgl-dev libeigen3-dev libsqlite3-dev zlib1g-dev libzip-dev libssl-dev libpng-dev libturbojpeg0-dev
    nlohmann-json3-dev libyaml-cpp-dev libcli11-dev libspdlog-dev fonts-dejavu-core dataset-fashion-mnist"
test_packages="libgtest-dev locales strace slurm-wlm? munge? python3-jsonschema python3-torch python3-torchvision? python3-onnx?"

installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }
known() { [ -n "$(apt-cache madison "$1" 2>/dev/null)" ]; }

# install_missing PACKAGE...: nothing happens when all are there.
install_missing() {
    local package name missing=()
    for package in "$@"; do
        for name in ${package//[|?]/ }; do installed "$name" && continue 2; done
        missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return
    # Nothing but what this release does not have: done before the lists are renewed.
    local names=() optional=yes
    for package in "${missing[@]}"; do
        [[ $package == *\? ]] && ! known "${package%\?}" || optional=no
        names+=("${package%%[|?]*}")
    done
    [ "$optional" = yes ] && return
    [ "$no_install" = yes ] && stop "These packages are missing: ${names[*]}. Install them, or leave out --no-install."
    command -v apt-get >/dev/null || stop "These packages are missing: ${names[*]}. This system has no apt-get; install their like by hand."
    local root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || stop "These packages are missing: ${names[*]}. Installing them needs root or sudo; ask whoever has it to run: apt-get install ${names[*]}"
        root=(sudo)
    fi
    "${root[@]}" apt-get update -qq >&2 || say "The package lists could not be renewed; going on with the old ones."
    names=()
    for package in "${missing[@]}"; do
        for name in ${package//[|?]/ }; do known "$name" && { names+=("$name"); continue 2; }; done
        [[ $package == *\? ]] || stop "There is no package ${package//|/ or } in this system's package lists; Debian 12 and Ubuntu 24.04 (with \"universe\") have it."
    done
    say "Installing ${names[*]} ..."
    # env, because sudo drops variables that stand before it.
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${names[@]}" >&2 ||
        stop "The packages could not be installed; the lines above say why. Run again when that is mended."
}

# build PRESET [TARGET]: configures once, then builds what has changed.
build() {
    local folder="build/$1" log="build/$1.log"
    mkdir -p build
    if [ ! -f "$folder/build.ninja" ]; then
        say "Configuring $folder ..."
        cmake --preset "$1" >"$log" 2>&1 || { tail -n 20 "$log" >&2; stop "Configuring failed; the whole log is in $log."; }
    fi
    # A quiet no-op is the usual case; progress is shown otherwise.
    cmake --build "$folder" ${2:+--target "$2"} >&2 || stop "Building failed; the lines above say where."
}
