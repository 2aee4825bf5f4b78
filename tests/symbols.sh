#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# symbols.sh LIBRARY: shows nothing but its API, and asks for nothing that it
# promises not to use.
set -u
library=$1
status=0

strange=$(nm -D --defined-only "$library" | awk '{ print $3 }' |
    sed 's/@.*//' | grep -v '^cutis_' | grep -v '^CUTIS_[0-9.]*$')
[ -z "$strange" ] || {
    echo "exported, but not API: $strange"
    status=1
}

declared=$(grep -ohP '\bcutis_[a-z0-9_]+ ?\((?!\*)' "$(dirname "$0")"/../include/cutis/*.h |
    tr -d ' (' | sort -u)
for name in $(nm -D --defined-only "$library" | awk '{ print $3 }' |
    sed 's/@.*//' | grep -v '^CUTIS_'); do
    printf '%s\n' "$declared" | grep -qx "$name" || {
        echo "exported, but in no header: $name"
        status=1
    }
done

# Every symbol has a version, and every promise of the headers is kept.
unversioned=$(nm -D --with-symbol-versions --defined-only "$library" |
    awk '{ print $3 }' | grep '^cutis_' | grep -v '@@CUTIS_')
[ -z "$unversioned" ] || {
    echo "exported without a version: $unversioned"
    status=1
}
for name in $(printf '%s\n' "$declared" | grep -vE '_fn$'); do
    nm -D --defined-only "$library" | awk '{ print $3 }' |
        sed 's/@.*//' | grep -qx "$name" || {
        echo "in a header, but not exported: $name"
        status=1
    }
done
soname=$(objdump -p "$library" | awk '$1 == "SONAME" { print $2 }')
[ "$soname" = libcutis.so.0 ] || {
    echo "soname: $soname"
    status=1
}

forbidden='exit|_exit|abort|printf|fprintf|puts|perror|getenv|secure_getenv|setlocale|system|popen|socket|connect|bind|listen|send|recv|getaddrinfo|execve|fork|signal|sigaction'
asked=$(nm -D --undefined-only "$library" | awk '{ print $2 }' |
    sed 's/@.*//' | grep -xE "($forbidden)")
[ -z "$asked" ] || {
    echo "asks for: $asked"
    status=1
}
exit $status
