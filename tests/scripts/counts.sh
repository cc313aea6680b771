#!/usr/bin/env bash
# The closing line's counts from CTest's results: what failed, could not start, ran too long, was
# skipped or disabled, and output that looks like a result.
# usage: counts.sh ROOT
script=counts
. "$1/scripts/lib.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat >"$work/CTestTestfile.cmake" <<'END'
add_test(good "true")
add_test(bad "false")
add_test(gone "/nonexistent/program")
add_test(skipped "sh" "-c" "exit 77")
set_tests_properties(skipped PROPERTIES SKIP_RETURN_CODE 77)
add_test(disabled "true")
set_tests_properties(disabled PROPERTIES DISABLED TRUE)
add_test(slow "sleep" "9")
set_tests_properties(slow PROPERTIES TIMEOUT 1)
add_test(talker "sh" "-c" "echo '<testcase status=\"run\"><skipped/></testcase>'; exit 3")
END
ctest --test-dir "$work" --output-junit "$work/results.xml" >"$work/log" 2>&1 || true
said=$(count_results "$work/results.xml")
[ "$said" = "1 4 2" ] || {
    echo "counted '$said' (passed failed skipped), wanted '1 4 2'"
    cat "$work/log"
    exit 1
}
