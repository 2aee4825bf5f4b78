#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# libraries.sh FOLDER: zlib, libpng, libjpeg-turbo and lcms2 from Debian's own
# sources, with Debian's patches, built by clang with the instruments of a
# fuzzer and of the address and undefined-behaviour sanitizers, as static
# libraries under FOLDER.  Fetched by an apt of its own: nothing of this system
# is changed, and nothing needs root.  Two minutes, once.
set -eu
mkdir -p "$1"
to=$(cd "$1" && pwd)
[ ! -e "$to/done" ] || exit 0

apt=$to/apt
mkdir -p "$apt/lists/partial" "$apt/archives/partial" "$to/source"
: >"$apt/status"
key=/usr/share/keyrings/debian-archive-keyring.gpg
for place in debian:bookworm debian-security:bookworm-security; do
    echo "deb-src [signed-by=$key] http://deb.debian.org/${place%:*}" \
        "${place#*:} main"
done >"$apt/sources"
cat >"$apt/conf" <<CONF
APT::Sandbox::User "root";
Dir::State "$apt";
Dir::State::status "$apt/status";
Dir::Cache "$apt";
Dir::Etc::sourcelist "$apt/sources";
Dir::Etc::sourceparts "/dev/null";
Debug::NoLocking "true";
CONF
(
    export APT_CONFIG="$apt/conf"
    cd "$to/source"
    apt-get update -qq
    for name in zlib libpng1.6 libjpeg-turbo lcms2; do
        # The newest; a mirror may not have what was mended since the release.
        apt-get source -qq "$name" || apt-get source -qq "$name/bookworm"
    done
) >"$to/log" 2>&1 || {
    tail -20 "$to/log"
    exit 1
}

export CC=clang
export CFLAGS="-O1 -g -fno-omit-frame-pointer -fPIC \
    -fsanitize=fuzzer-no-link,address,undefined \
    -fno-sanitize-recover=undefined"
export CPPFLAGS="-I$to/include" LDFLAGS="-L$to/lib -fsanitize=address,undefined"
# What ./configure runs must not end for what it leaves behind.
export ASAN_OPTIONS=detect_leaks=0

within() { # SOURCE COMMAND...
    (
        cd "$to/source/$1"-*/
        shift
        "$@"
    ) >>"$to/log" 2>&1 || {
        echo "libraries.sh: $*"
        tail -20 "$to/log"
        exit 1
    }
}
static="--disable-shared --prefix=$to --libdir=$to/lib"
within zlib ./configure --static --prefix="$to"
within zlib make -j2 install
within libpng1.6 ./configure $static
within libpng1.6 make -j2 install
# Its SIMD is for processors; what is tested is the C that decides.
within libjpeg-turbo cmake -S . -B build -DCMAKE_BUILD_TYPE=None \
    -DENABLE_SHARED=0 -DWITH_TURBOJPEG=0 -DWITH_SIMD=0 \
    -DCMAKE_INSTALL_PREFIX="$to" -DCMAKE_INSTALL_LIBDIR="$to/lib"
within libjpeg-turbo cmake --build build -j2 --target install
within lcms2 ./configure $static --without-jpeg --without-tiff
within lcms2 make -j2 -C src install
within lcms2 make -j2 -C include install
within lcms2 make install-pkgconfigDATA
ls "$to/source" | grep -E '[0-9]$' >"$to/done"
rm -rf "$apt"
