#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# build.sh [FOLDER]: cutis as WebAssembly, and the page that compares two
# photographs in the browser: FOLDER/cutis.html, one file (build-browser/).
# Needs Debian's emscripten (sh examples/setup.sh browser) and, the first time,
# the network: the sources of zlib, libpng and libjpeg-turbo come from Debian.
set -eu
mkdir -p "${1:-$(dirname "$0")/../build-browser}"
out=$(cd "${1:-$(dirname "$0")/../build-browser}" && pwd)
cd "$(dirname "$0")/.."
root=$PWD
# A node that is not Debian's does not look where Debian's modules are.
export NODE_PATH="${NODE_PATH:-}${NODE_PATH:+:}/usr/share/nodejs"
flags="-O3 -msimd128"
prefix=$out/prefix

run() { # COMMAND...: shows what it said if it fails
    "$@" >"$out/log" 2>&1 || {
        tail -30 "$out/log"
        exit 1
    }
}

compiled() { # LIBRARY FOLDER FILE...: an archive of these sources
    archive=$1
    folder=$2
    shift 2
    objects=
    for name; do
        run emcc $flags -w -I"$prefix/include" -c "$folder/$name.c" \
            -o "$folder/$name.o"
        objects="$objects $folder/$name.o"
    done
    # shellcheck disable=SC2086
    run emar rcs "$prefix/lib/$archive" $objects
}

if [ ! -e "$out/prefix.done" ]; then
    rm -rf "$out/sources" "$prefix"
    apt=$out/sources/apt
    mkdir -p "$apt/lists/partial" "$apt/archives/partial" "$prefix/include" \
        "$prefix/lib/pkgconfig"
    : >"$apt/status"
    echo "deb-src http://deb.debian.org/debian bookworm main" >"$apt/sources"
    cat >"$apt/conf" <<CONF
APT::Sandbox::User "root";
Dir::State "$apt";
Dir::State::status "$apt/status";
Dir::Cache "$apt";
Dir::Etc::SourceList "$apt/sources";
Dir::Etc::SourceParts "-";
Debug::NoLocking "true";
CONF
    cd "$out/sources"
    run env APT_CONFIG="$apt/conf" apt-get update
    run env APT_CONFIG="$apt/conf" apt-get source zlib libpng1.6 libjpeg-turbo

    z=$(echo "$PWD"/zlib-*/) png=$(echo "$PWD"/libpng1.6-*/)
    jpeg=$(echo "$PWD"/libjpeg-turbo-*/)
    cp "$z/zlib.h" "$z/zconf.h" "$prefix/include"
    compiled libz.a "$z" adler32 compress crc32 deflate infback inffast \
        inflate inftrees trees uncompr zutil
    cp "$png/scripts/pnglibconf.h.prebuilt" "$png/pnglibconf.h"
    cp "$png/png.h" "$png/pngconf.h" "$png/pnglibconf.h" "$prefix/include"
    compiled libpng16.a "$png" png pngerror pngget pngmem pngpread pngread \
        pngrio pngrtran pngrutil pngset pngtrans pngwio pngwrite pngwtran \
        pngwutil
    # CMake measures types by running programs, which it cannot here.
    run emcmake cmake -S "$jpeg" -B "$jpeg/build" -G Ninja \
        -DCMAKE_BUILD_TYPE=Release -DENABLE_SHARED=0 -DWITH_SIMD=0 \
        -DWITH_TURBOJPEG=0 -DSIZE_T=4 -DHAVE_SIZE_T=1 -DUNSIGNED_LONG=4 \
        -DHAVE_UNSIGNED_LONG=1 -DCMAKE_C_FLAGS="$flags"
    run ninja -C "$jpeg/build" jpeg-static
    cp "$jpeg/build/libjpeg.a" "$prefix/lib"
    cp "$jpeg/build/jconfig.h" "$jpeg/jpeglib.h" "$jpeg/jmorecfg.h" \
        "$jpeg/jerror.h" "$prefix/include"
    while read -r name version library; do
        cat >"$prefix/lib/pkgconfig/$name.pc" <<PC
Name: $name
Description: $name
Version: $version
Libs: -L$prefix/lib -l$library
Cflags: -I$prefix/include
PC
    done <<LIST
zlib $(basename "$z" | sed 's/zlib-//') z
libpng $(basename "$png" | sed 's/libpng1.6-//') png16
libjpeg $(basename "$jpeg" | sed 's/libjpeg-turbo-//') jpeg
LIST
    cd "$root"
    : >"$out/prefix.done"
fi

cat >"$out/cross.txt" <<CROSS
[binaries]
c = ['emcc']
ar = 'emar'
strip = 'emstrip'
pkgconfig = 'pkg-config'

[host_machine]
system = 'emscripten'
cpu_family = 'wasm32'
cpu = 'wasm32'
endian = 'little'

[properties]
pkg_config_libdir = '$prefix/lib/pkgconfig'

[built-in options]
c_args = ['-msimd128']
CROSS
[ -e "$out/build/build.ninja" ] ||
    run meson setup "$out/build" --cross-file "$out/cross.txt" --werror \
        --buildtype release -Dtests=disabled -Dtools=disabled \
        -Dopenmp=disabled -Dicc=disabled -Ddefault_library=static
run ninja -C "$out/build" lib/libcutis.a

# Memory grows as photographs need it, up to what 32 bits address.
run emcc $flags -std=gnu11 -Wall -Wextra -Werror -I"$root/include" \
    browser/browser.c "$out/build/lib/libcutis.a" -L"$prefix/lib" \
    -lpng16 -ljpeg -lz -o "$out/cutis.js" \
    -sMODULARIZE=1 -sEXPORT_NAME=cutis -sENVIRONMENT=worker,node \
    -sFILESYSTEM=0 -sALLOW_MEMORY_GROWTH=1 -sMAXIMUM_MEMORY=4GB \
    -sTOTAL_STACK=8MB -sEXPORTED_FUNCTIONS=_malloc,_free \
    -sEXPORTED_RUNTIME_METHODS=ccall,UTF8ToString
python3 browser/page.py "$out"
echo "$out/cutis.html: $(wc -c <"$out/cutis.html") bytes"
