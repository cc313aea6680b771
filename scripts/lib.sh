# Shared by the scripts: messages, installing what is missing, configuring and building one preset.
# Sourced by bash after `script` is set to the name shown in messages.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
jobs=$(nproc 2>/dev/null || echo 2)

# Names valid on Debian 12 and Ubuntu 24.04. A tool that is already on the PATH counts as installed,
# wherever it came from.
tools_needed=(gcc:gcc g++:g++ cmake:cmake ninja:ninja-build pkg-config:pkg-config ccache:ccache
    python3:python3)
libraries_needed=(libc6-dev libcjson-dev zlib1g-dev libminizip-dev libcmocka-dev
    libzmq3-dev libmsgpack-dev
    libopenblas0-pthread libfftw3-double3 libfftw3-single3)

# Another clone of the same sources finds what this one has compiled.
export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1

say() { printf '%s: %s\n' "$script" "$*"; }

die() {
    printf '%s: %s\n' "$script" "$*" >&2
    exit 1
}

usage_error() {
    printf '%s: %s (see --help)\n' "$script" "$*" >&2
    exit 2
}

# Prints the packages among "tool:package" and "package" arguments that this machine lacks.
missing_packages() {
    local need package installed
    installed=" $(dpkg-query -W -f='${db:Status-Status}:${Package} ' 2>/dev/null || true)"
    for need in "$@"; do
        package=${need#*:}
        case $need in
        *:*) command -v "${need%%:*}" >/dev/null 2>&1 && continue ;;
        esac
        [[ $installed == *" installed:$package "* ]] || printf '%s ' "$package"
    done
}

# Debian 12 and Ubuntu 24.04 are what the package names were tried on.
known_platform() {
    local id='' version=''
    if [ -r /etc/os-release ]; then
        id=$(. /etc/os-release && printf '%s' "${ID:-}")
        version=$(. /etc/os-release && printf '%s' "${VERSION_ID:-}")
    fi
    platform="${id:-unknown system}${version:+ $version}"
    command -v apt-get >/dev/null 2>&1 || return 1
    case $id:$version in
    debian:12 | ubuntu:24.04) return 0 ;;
    *) return 1 ;;
    esac
}

# Installs by apt what is missing of the given needs; says nothing to apt when nothing is.
install_missing() {
    local missing command as_root=()
    missing=$(missing_packages "$@")
    missing=${missing% }
    if [ -z "$missing" ]; then
        say "every package needed is installed"
        return
    fi
    command="apt-get install -y --no-install-recommends $missing"
    known_platform ||
        die "$platform is neither Debian 12 nor Ubuntu 24.04; install the equivalent of \`$command\`, then run again with --no-install"
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null 2>&1 ||
            die "packages are missing and there is neither root nor sudo; as root run: $command"
        if [ ! -t 0 ] && ! sudo -n true 2>/dev/null; then
            die "packages are missing and sudo wants a password; run: sudo $command"
        fi
        as_root=(sudo)
    fi
    say "installing: $missing"
    local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=120)
    "${apt[@]}" update || die "apt-get update failed; see above"
    # shellcheck disable=SC2086 # a list of package names
    "${apt[@]}" install -y --no-install-recommends $missing ||
        die "apt-get could not install them (on Ubuntu they are in \`universe\`); by hand: $command"
}

# Sets cuda_options for CMake: the CUDA module is built where a toolkit of at least 13.0 is found.
find_cuda() {
    local nvcc version
    cuda_options=(-DFLOPMETER_CUDA=OFF)
    if [ "${cpu_only:-}" ]; then
        say "CUDA module: left out, as asked; CPU only"
        return
    fi
    nvcc=$(command -v nvcc || true)
    [ -n "$nvcc" ] || nvcc=/usr/local/cuda/bin/nvcc
    if [ ! -x "$nvcc" ]; then
        say "CUDA module: no nvcc on the PATH or in /usr/local/cuda/bin; CPU only"
        return
    fi
    version=$("$nvcc" --version | sed -n 's/.*release \([0-9]*\.[0-9]*\).*/\1/p')
    if ! [ "${version%%.*}" -ge 13 ] 2>/dev/null; then
        say "CUDA module: $nvcc is CUDA ${version:-of no readable version}, and 13.0 is needed; CPU only"
        return
    fi
    say "CUDA module: built with $nvcc, CUDA $version"
    PATH=$(dirname "$nvcc"):$PATH
    export PATH CUDACXX=$nvcc
    cuda_options=(-DFLOPMETER_CUDA=AUTO)
}

# build_preset PRESET FOLDER [CMake options]: configures where the options or the folder are new, then
# builds, $build_target alone where a script sets it.
build_target=
build_preset() {
    local preset=$1 folder=$root/$2 stamp
    shift 2
    stamp="$preset $*"
    if [ ! -f "$folder/build.ninja" ] || [ "$(cat "$folder/.configured" 2>/dev/null)" != "$stamp" ]; then
        say "configuring $preset in ${folder#"$root/"}"
        (cd "$root" && cmake --preset "$preset" -B "$folder" "$@") || return 1
        printf '%s\n' "$stamp" >"$folder/.configured"
    fi
    say "building ${folder#"$root/"} with $jobs jobs"
    cmake --build "$folder" --parallel "$jobs" ${build_target:+--target "$build_target"}
}

# Prints how many tests passed, failed and were skipped, from CTest's JUnit file. A test that CTest
# could not start stands there as skipped, but is a failure.
count_results() {
    awk '
    /<testcase / { open = 1; status = $0; sub(/.* status="/, "", status); sub(/".*/, "", status) }
    open && /<skipped/ { skip = /SKIP_RETURN_CODE|Disabled|SKIP_REGULAR/ ? 1 : 0 }
    open && (/<\/testcase>/ || /<testcase .*\/>/) {
        if (status == "run") p++
        else if ((status == "notrun" && skip) || status == "disabled") s++
        else f++
        open = 0; skip = 0
    }
    END { print p + 0, f + 0, s + 0 }' "$1"
}
