#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# decoders.sh BUILD: a libpng, libjpeg-turbo, zlib or lcms2 with known holes is
# refused: by the build's set-up, and where it is a shared library that is older
# than the one built with, by the program, before it sees a byte of the file.
# The versions: SECURITY.md.
set -eu
build=$(cd "$1" && pwd)
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0
wrong() {
    echo "decoders: $*"
    status=1
}

# ---- At set-up: a .pc file that tells another version -------------------------

set_up() { # NAME VERSION: as if that library had that version
    rm -rf "$work/pc" "$work/build"
    mkdir "$work/pc"
    if [ "$1" != none ]; then
        file=$(pkg-config --variable pcfiledir "$1")/$1.pc
        sed "s/^Version:.*/Version: $2/" "$file" >"$work/pc/$1.pc"
    fi
    PKG_CONFIG_PATH=$work/pc meson setup "$work/build" "$root" \
        -Dtests=disabled -Dtools=disabled -Dopenmp=disabled -Dsimd=disabled \
        -Dmodels=none >"$work/log" 2>&1
}

refused=0
while read -r name version least; do
    if set_up "$name" "$version"; then
        wrong "$name $version is built with"
    elif ! grep -q ": $name $version has known faults; take $least" \
        "$work/log"; then
        wrong "$name $version: another word"
        tail -3 "$work/log"
    else
        refused=$((refused + 1))
    fi
done <<LIST
libpng 1.6.36 1.6.37
libjpeg 2.0.90 2.1.1
zlib 1.2.8 1.2.11
lcms2 2.13 2.12
LIST

# The libjpeg of others has larger numbers.
mkdir "$work/ijg"
echo '#define JPEG_LIB_VERSION 90' >"$work/ijg/jpeglib.h"
rm -rf "$work/build"
if CFLAGS=-I$work/ijg meson setup "$work/build" "$root" -Dtests=disabled \
    -Dtools=disabled -Dopenmp=disabled -Dsimd=disabled -Dmodels=none \
    >"$work/log" 2>&1; then
    wrong "a libjpeg that is not libjpeg-turbo is built with"
elif grep -q ': jpeglib.h is not of libjpeg-turbo' "$work/log"; then
    refused=$((refused + 1))
else
    wrong "a libjpeg that is not libjpeg-turbo: another word"
fi
set_up libpng 1.6.37 || {
    wrong "libpng 1.6.37 is refused"
    tail -3 "$work/log"
}

# ---- At run time: a library that tells another version ------------------------

cat >"$work/old.c" <<'C'
#include <stdlib.h>
#include <string.h>
/* OLD=png, zlib or lcms2 tells a version with holes, NEW=... one without. */
static int is(const char *mode, const char *name)
{
    const char *const text = getenv(mode);
    return text && strcmp(text, name) == 0;
}
unsigned int png_access_version_number(void)
{
    return is("OLD", "png") ? 10636 : 10637;
}
const char *zlibVersion(void)
{
    return is("OLD", "zlib") ? "1.2.8" : "1.2.11.more";
}
int cmsGetEncodedCMMversion(void)
{
    return is("OLD", "lcms2") ? 2090 : 2120;
}
C
gcc -shared -fPIC -o "$work/old.so" "$work/old.c"
/usr/bin/python3 - "$work" <<'PYTHON'
import sys
from PIL import Image, ImageCms
picture = Image.new("RGB", (64, 64), (200, 150, 130))
picture.save(sys.argv[1] + "/plain.png")
picture.save(sys.argv[1] + "/plain.jpg")
# Red is elsewhere than in sRGB and Display P3: for lcms2.
profile = bytearray(ImageCms.ImageCmsProfile(
    ImageCms.createProfile("sRGB")).tobytes())
tag = profile.index(b"rXYZ", 128)
at = int.from_bytes(profile[tag + 4:tag + 8], "big")
profile[at + 8:at + 12] = (31000).to_bytes(4, "big")
picture.save(sys.argv[1] + "/profile.jpg", icc_profile=bytes(profile))
PYTHON

inspect() { # MODE LIBRARY FILE
    env "$1=$2" LD_PRELOAD="$work/old.so" "$build/tools/cutis" measure \
        "$work/$3" --skin all --px-per-mm 4 -f json -o "$work/out.json" \
        2>"$work/err"
}
while read -r library file least; do
    code=0
    inspect OLD "$library" "$file" || code=$?
    if [ $code -eq 69 ] && grep -q "older than $least and has known holes" \
        "$work/err"; then
        refused=$((refused + 1))
    else
        wrong "$library at run time: exit $code, $(cat "$work/err")"
    fi
    code=0
    inspect NEW "$library" "$file" || code=$?
    [ $code -eq 0 ] || wrong "$library at its least: exit $code"
done <<LIST
png plain.png 1.6.37
zlib plain.png 1.2.11
lcms2 profile.jpg 2.12
LIST
# What is not needed for a file does not stand in its way.
inspect OLD png plain.jpg || wrong "an old libpng stops a JPEG"

[ "$status" -eq 0 ] && echo "decoders: $refused versions refused"
exit $status
