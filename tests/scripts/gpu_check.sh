#!/bin/sh
# Where nvidia-smi finds no GPU, gpu-check says so, writes nothing and ends with 77.
# usage: gpu_check.sh ROOT
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
printf '#!/bin/sh\nexit 9\n' >"$work/nvidia-smi"
chmod +x "$work/nvidia-smi"
status=0
said=$(PATH="$work:$PATH" "$1/scripts/gpu-check" "$work/out") || status=$?
[ $status -eq 77 ] || { echo "status $status"; exit 1; }
[ ! -e "$work/out" ] || { echo "wrote $work/out"; exit 1; }
case $said in
"gpu-check: no NVIDIA GPU here"*) ;;
*) echo "said: $said"; exit 1 ;;
esac
