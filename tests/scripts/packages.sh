#!/usr/bin/env bash
# What the scripts find missing, and what they say where they may not install it; apt-get, sudo, id
# and dpkg-query are replaced by functions, so nothing is installed.
# usage: packages.sh ROOT
script=packages
. "$1/scripts/lib.sh"

fail() {
    echo "$*"
    exit 1
}

# expect WHAT SAID PATTERN
expect() {
    # shellcheck disable=SC2053 # a pattern on purpose
    [[ $2 == $3 ]] || fail "$1: said '$2', wanted '$3'"
}

database='installed:there installed:zlib1g-dev config-files:removed '
dpkg-query() { printf '%s' "$database"; }
id() { echo "$user"; }
apt-get() { echo "apt-get $*"; }
env() { shift && "$@"; }
command() {
    case "$2" in
    sudo) [ "$sudo" ] ;;
    there-tool | apt-get) return 0 ;;
    *) return 1 ;;
    esac
}
known_platform() {
    platform="plan9 4"
    [ "$known" ]
}

user=0 sudo='' known=yes
expect "what is missing" "$(missing_packages there-tool:other gone-tool:gone there removed zlib1g)" \
    "gone removed zlib1g "
expect "nothing missing" "$(install_missing there zlib1g-dev)" \
    "packages: every package needed is installed"
expect "as root" "$(install_missing there gone)" \
    "*apt-get * update*apt-get * install -y --no-install-recommends gone"

user=1000
status=0
said=$(install_missing gone more 2>&1) || status=$?
expect "neither root nor sudo" "$status $said" \
    "1 *neither root nor sudo; as root run: apt-get install -y --no-install-recommends gone more"
[ "$(wc -l <<<"$said")" -eq 1 ] || fail "more than one line: $said"

known=
status=0
said=$(install_missing gone 2>&1) || status=$?
expect "unknown platform" "$status $said" \
    "1 packages: plan9 4 is neither Debian 12 nor Ubuntu 24.04; *apt-get install -y --no-install-recommends gone*"
[ "$(wc -l <<<"$said")" -eq 1 ] || fail "more than one line: $said"
