# SPDX-License-Identifier: BSD-2-Clause
#
# What tests of batches share.  $cutis is the command, $work a folder.
status=0
passed=0

say_wrong() {
    echo "NOT OK: $*"
    [ ! -s "$work/err" ] || sed 's/^/    /' "$work/err"
    status=1
}

expect() { # CODE ARGUMENTS...: the command ends with that code
    wanted=$1
    shift
    "$cutis" "$@" >"$work/out" 2>"$work/err"
    code=$?
    if [ $code -eq "$wanted" ]; then
        passed=$((passed + 1))
    else
        say_wrong "exit $code, not $wanted: cutis $*"
    fi
}

says() { # WORDS: on stderr, by the command before
    if grep -qF -- "$1" "$work/err"; then
        passed=$((passed + 1))
    else
        say_wrong "does not say \"$1\""
    fi
}
