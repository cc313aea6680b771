#!/bin/sh
# Each command explains itself and refuses what it does not know with status 2, before it does
# anything.
# usage: usage.sh ROOT
set -eu
cd "$1"
for script in demo test bench gpu-check fetch-debs; do
    help=$(./scripts/$script --help)
    case $help in
    "usage: scripts/$script"*) ;;
    *)
        echo "$script --help begins: $help"
        exit 1
        ;;
    esac
    status=0
    said=$(./scripts/$script --no-such-option 2>&1) || status=$?
    if [ $status -ne 2 ] || [ "$said" != "$script: unknown option --no-such-option (see --help)" ]; then
        echo "$script --no-such-option: status $status, said: $said"
        exit 1
    fi
done
status=0
said=$(./scripts/test --preset fast 2>&1) || status=$?
[ $status -eq 2 ] && [ "$said" = "test: unknown preset fast (see --help)" ] || {
    echo "test --preset fast: status $status, said: $said"
    exit 1
}
