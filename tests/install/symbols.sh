#!/bin/sh
# Only names in fm_ leave the library, which carries its SONAME; a backend module has one entry.
# usage: symbols.sh LIBRARY SONAME MODULE...
set -eu
library=$1 soname=$2
shift 2

exports() { nm -D --defined-only "$1" | awk '$2 != "A" { print $NF }'; }

strangers=$(exports "$library" | grep -v '^fm_' || true)
if [ -n "$strangers" ]; then
    printf 'exported beside fm_:\n%s\n' "$strangers"
    exit 1
fi
exports "$library" | grep -q '^fm_version$' || {
    echo "fm_version is not exported"
    exit 1
}
readelf -d "$library" | grep -qF "soname: [$soname]" || {
    echo "SONAME is not $soname:"
    readelf -d "$library" | grep -i soname
    exit 1
}
for module in "$@"; do
    said=$(exports "$module")
    [ "$said" = fm_backend_entry ] || {
        printf '%s exports, beside fm_backend_entry alone:\n%s\n' "$module" "$said"
        exit 1
    }
done
