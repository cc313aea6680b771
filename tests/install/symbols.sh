#!/bin/sh
# Only names in fm_ leave the library, and it carries its SONAME.
# usage: symbols.sh LIBRARY SONAME
set -eu
library=$1 soname=$2

exported=$(nm -D --defined-only "$library" | awk '$2 != "A" { print $NF }')
strangers=$(printf '%s\n' "$exported" | grep -v '^fm_' || true)
if [ -n "$strangers" ]; then
    printf 'exported beside fm_:\n%s\n' "$strangers"
    exit 1
fi
printf '%s\n' "$exported" | grep -q '^fm_version$' || {
    echo "fm_version is not exported"
    exit 1
}
readelf -d "$library" | grep -qF "soname: [$soname]" || {
    echo "SONAME is not $soname:"
    readelf -d "$library" | grep -i soname
    exit 1
}
