#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# Draws the pictures of docs/photographing.md: one rendered face, taken rightly
# and with one fault each.
#
#     docs/photographing/make.sh PHANTOM
set -eu
phantom=$1
out=$(dirname "$0")

draw() { # NAME OPTION...: a later option takes the place of an earlier one
    name=$1
    shift
    "$phantom" --seed 7 --tone 35 --spots 40 --redness 0.35 --papules 6 \
        --size 300x360 --px-per-mm 1.6 --distance 900 --threads 1 \
        --light -40,20,1/40,20,1 --ambient 0.35 --card 72,-92,28 --jpeg 88 \
        "$@" -o "$out/$name.jpg"
}

detail() { # an eye and the cheek below it
    draw "$@" --px-per-mm 5 --shift 30,-12 --card 0,0,0
}

draw right
draw near --distance 300
draw turned --yaw 14
draw smile --smile 1
draw lamp --light -75,25,2 --ambient 0.15
draw bright --exposure 1.3
draw tinted --wb 1.25,1,0.75
detail sharp
detail blurred --blur 0.35
detail shallow --aperture 30 --focus 28
detail grainy --exposure -1 --noise 0.1
detail smoothed --smooth 1
detail compressed --jpeg 15,420
