#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# aarch64.sh BUILD [quick]: builds cutis for aarch64 (Debian's cross compiler,
# against Debian's own libraries in a folder), runs the suites of what counts
# under qemu, and then golden.py: its pairs by BUILD's command and by the other
# processor's, portable code and NEON, to the byte.  BUILD is a build for this
# machine.  With "quick" two suites and one pair; everything takes about half
# an hour of two cores, of which the first minute sets up and builds.
#
# What it needs: sh examples/setup.sh aarch64
set -eu
native=$(cd "$1" && pwd)
quick=${2:-}
cd "$(dirname "$0")/../.."
base=$PWD/build-aarch64
for program in aarch64-linux-gnu-gcc qemu-aarch64-static; do
    command -v $program >/dev/null || {
        echo "SKIPPED: aarch64: $program is not there" \
            "(sh examples/setup.sh aarch64)"
        exit 0
    }
done
mkdir -p "$base"

# Debian's packages for arm64, by an apt of their own: nothing of this system
# is changed, and nothing needs root.
root=$base/root
if [ ! -e "$base/root.done" ]; then
    apt=$base/apt
    rm -rf "$root" "$apt"
    mkdir -p "$root" "$apt/lists/partial" "$apt/archives/partial"
    : >"$apt/status"
    cat >"$apt/conf" <<CONF
APT::Architecture "arm64";
APT::Architectures { "arm64"; };
APT::Install-Recommends "false";
APT::Sandbox::User "root";
Dir::State "$apt";
Dir::State::status "$apt/status";
Dir::Cache "$apt";
Debug::NoLocking "true";
CONF
    export APT_CONFIG="$apt/conf"
    apt-get update -qq
    apt-get install -qq -y --download-only libc6-dev libgcc-12-dev libgomp1 \
        libpng-dev libjpeg62-turbo-dev liblcms2-dev check >"$base/log" 2>&1 || {
        cat "$base/log"
        exit 1
    }
    unset APT_CONFIG
    for package in "$apt"/archives/*.deb; do
        dpkg-deb -x "$package" "$root"
    done
    find "$root" -type l -lname '/*' | while read -r link; do
        ln -sfnr "$root$(readlink "$link")" "$link"
    done
    rm -rf "$apt"
    : >"$base/root.done"
fi

compiler="'aarch64-linux-gnu-gcc'"
command -v ccache >/dev/null && compiler="'ccache', $compiler"
cat >"$base/cross.txt" <<CROSS
[binaries]
c = [$compiler]
ar = 'aarch64-linux-gnu-gcc-ar'
strip = 'aarch64-linux-gnu-strip'
pkgconfig = 'pkg-config'
exe_wrapper = ['qemu-aarch64-static', '-L', '$root']

[host_machine]
system = 'linux'
cpu_family = 'aarch64'
cpu = 'armv8-a'
endian = 'little'

[properties]
sys_root = '$root'
pkg_config_libdir = '$root/usr/lib/aarch64-linux-gnu/pkgconfig'

[built-in options]
c_args = ['--sysroot=$root']
c_link_args = ['--sysroot=$root']
CROSS
build=$base/build
[ -e "$build/build.ninja" ] ||
    meson setup "$build" --cross-file "$base/cross.txt" --buildtype release \
        --werror >"$base/log" 2>&1 || { cat "$base/log"; exit 1; }
ninja -C "$build" >"$base/log" 2>&1 || {
    grep -E 'error|warning|FAILED' -A 5 "$base/log" | head -60
    exit 1
}
grep -q '^#define HAVE_NEON 1' "$build/config.h"

suites="kernels kernel_values filters"
[ "$quick" = quick ] ||
    suites="$suites maths fft signal colour util model warp morphology session
        acquire spaces exif face"
export OMP_WAIT_POLICY=passive
export CUTIS_TEST_TABLES=1 # NEON's, whatever this machine's own processor has
for suite in $suites; do
    CK_DEFAULT_TIMEOUT=7200 qemu-aarch64-static -L "$root" \
        "$build/tests/test_$suite" >"$base/log" 2>&1 || {
        cat "$base/log"
        exit 1
    }
    echo "aarch64, $suite: $(grep -E '^[0-9]+%' "$base/log")"
done

cat >"$base/cutis" <<RUN
#!/bin/sh
exec qemu-aarch64-static -L $root $build/tools/cutis "\$@"
RUN
chmod +x "$base/cutis"
python=/usr/bin/python3
[ -x $python ] || python=python3
exec $python tests/long/golden.py "$native/tools/phantom/cutis-phantom" \
    "$native/tools/cutis" "$base/cutis=c,neon" \
    ${quick:+--only "light, nothing changed"}
