#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# symbols.sh LIBRARY: shows nothing but its API, and asks for nothing that it
# promises not to use.
set -u
library=$1
status=0

strange=$(nm -D --defined-only "$library" | awk '{ print $3 }' |
    grep -v '^cutis_')
[ -z "$strange" ] || {
    echo "exported, but not API: $strange"
    status=1
}

declared=$(grep -ohE '\bcutis_[a-z0-9_]+ ?\(' "$(dirname "$0")"/../include/cutis/*.h |
    tr -d ' (' | sort -u)
for name in $(nm -D --defined-only "$library" | awk '{ print $3 }'); do
    printf '%s\n' "$declared" | grep -qx "$name" || {
        echo "exported, but in no header: $name"
        status=1
    }
done

forbidden='exit|_exit|abort|printf|fprintf|puts|perror|getenv|secure_getenv|setlocale|system|popen|socket|connect|bind|listen|send|recv|getaddrinfo|execve|fork|signal|sigaction'
asked=$(nm -D --undefined-only "$library" | awk '{ print $2 }' |
    sed 's/@.*//' | grep -xE "($forbidden)")
[ -z "$asked" ] || {
    echo "asks for: $asked"
    status=1
}
exit $status
