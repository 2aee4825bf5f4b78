#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# symbols.sh LIBRARY: shows nothing but its API, asks for nothing that it promises
# not to use, and fuses no product and sum, which other processors round twice.
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

# What the library may ask for: its decoders, a runtime of OpenMP, and of the C
# library what touches memory, strings, one file and threads.  Not in it: exit,
# abort, printf, getenv, signals, locales, sockets, programs, any write.  dlopen
# is for the one library without which a thread cannot end.
decoders='jpeg_[A-Za-z_]+|png_[A-Za-z0-9_]+|cms[A-Z][A-Za-z]+|inflate[A-Za-z]*_?|crc32_z|zlibVersion'
runtime='GOMP_[a-z_]+|__kmpc_[a-z0-9_]+|__tls_get_addr|__cpu_model|__cpu_indicator_init|_GLOBAL_OFFSET_TABLE_|__stack_chk_fail|_ITM_[A-Za-z]+|__gmon_start__|__cxa_finalize'
memory='malloc|free|mem(chr|cmp|cpy|move|set)|bcmp|qsort'
strings='str(chr|rchr|cmp|cspn|len|ncmp|ncpy|pbrk|spn|str|tod)|v?snprintf'
system='open(64)?|read|close|fstat(64)?|clock_gettime|__errno_location|_?setjmp|longjmp'
threads='pthread_(attr_(init|destroy|setstacksize)|cond_(init|destroy|signal|timedwait)|create|exit|join|mutex_(init|destroy|lock|unlock))|dlopen'
numbers='f(max|min)f?|ceilf?|floorf?|rintf?|nearbyintf?|sqrtf?|truncf?|roundf?'
checked='__(mem(cpy|move|set)|strncpy|v?snprintf|read|longjmp)_chk'
allowed="$decoders|$runtime|$memory|$strings|$system|$threads|$numbers|$checked"

asked=$(nm -D --undefined-only "$library" | awk '{ print $NF }' |
    sed 's/@.*//' | grep -vxE "($allowed)")
[ -z "$asked" ] || {
    echo "asks for: $asked"
    status=1
}

# The static library shows its inner names, but only such as are its own, and
# asks for no more than the shared one.
archive=${library%.so}.a
if [ -e "$archive" ]; then
    nm -g --defined-only "$archive" 2>/dev/null |
        awk 'NF == 3 { print $3 }' | sort -u >"$archive.defined"
    strange=$(grep -vE '^(cutis|ct)_' "$archive.defined")
    [ -z "$strange" ] || {
        echo "static, a name of others: $strange"
        status=1
    }
    asked=$(nm -u "$archive" 2>/dev/null | awk 'NF == 2 { print $2 }' |
        sort -u | grep -vxFf "$archive.defined" | grep -vxE "($allowed)")
    rm -f "$archive.defined"
    [ -z "$asked" ] || {
        echo "static, asks for: $asked"
        status=1
    }
fi

# The commands write files and start workers, but no other program, and have no
# network.
network='(socket|socketpair|connect|bind|listen|accept4?|send|sendto|sendmsg|recv|recvfrom|recvmsg|getaddrinfo|gethostbyname|gethostbyname2|getnameinfo|res_query)'
programs='(system|popen|exec[lv]p?e?|execve|fexecve|posix_spawnp?)'
for command in "$(dirname "$library")"/../tools/cutis \
    "$(dirname "$library")"/../tools/phantom/cutis-phantom; do
    [ -e "$command" ] || continue
    asked=$(nm -D --undefined-only "$command" | awk '{ print $NF }' |
        sed 's/@.*//' | grep -xE "$network|$programs")
    [ -z "$asked" ] || {
        echo "$(basename "$command") asks for: $asked"
        status=1
    }
done

fused=$(objdump -d --no-show-raw-insn "$library" |
    grep -cE '\s(vfn?m(add|sub)[0-9a-z]*|fn?m(add|sub)|fml[as])\s')
[ "$fused" = 0 ] || {
    echo "fuses $fused products and sums"
    status=1
}

opened=$(cd "$(dirname "$0")/.." && grep -rhoE 'dlopen\(("[^"]*")?' lib tools)
[ "$opened" = 'dlopen("libgcc_s.so.1"' ] || {
    echo "opens: $opened"
    status=1
}

# This test can fail: on a library that does what it must not.
if [ "${2:-}" != control ]; then
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    mkdir "$work/lib"
    cat >"$work/bad.c" <<'C'
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
int stranger(void)
{
    printf("%s", getenv("HOME"));
    if (socket(AF_INET, SOCK_STREAM, 0) < 0 || system("true") ||
        getaddrinfo("a", "b", NULL, NULL))
        abort();
    exit(3);
}
C
    gcc -fPIC -c -o "$work/bad.o" "$work/bad.c"
    gcc -shared -o "$work/lib/bad.so" "$work/bad.o"
    ar rc "$work/lib/bad.a" "$work/bad.o"
    said=$(sh "$0" "$work/lib/bad.so" control)
    for name in stranger printf getenv socket system getaddrinfo abort exit \
        static soname; do
        printf '%s' "$said" | grep -qw "$name" || {
            echo "this test does not see: $name"
            status=1
        }
    done
fi
exit $status
