/* SPDX-License-Identifier: BSD-2-Clause */

/* A program in C++ that measures skin of its own making: "N readings". */

#include <cstdint>
#include <cstdio>
#include <memory>
#include <vector>

#include <cutis/cutis.h>

namespace
{

const std::uint32_t side = 256;

struct Close {
    void operator()(cutis_session *it) const
    {
        cutis_session_destroy(&it);
    }
    void operator()(cutis_photo *it) const
    {
        cutis_photo_destroy(&it);
    }
    void operator()(cutis_reading *it) const
    {
        cutis_reading_destroy(&it);
    }
};

std::vector<std::uint8_t> skin()
{
    std::vector<std::uint8_t> rgb;
    for (std::uint32_t i = 0; i < side * side; i++)
        for (unsigned value : {200 + i * i % 7, 150u, 125u})
            rgb.push_back(static_cast<std::uint8_t>(value));
    return rgb;
}

} // namespace

int main()
{
    const std::vector<std::uint8_t> rgb = skin();
    cutis_pixels pixels = {};
    pixels.struct_size = sizeof(pixels);
    pixels.data = rgb.data();
    pixels.stride = static_cast<std::ptrdiff_t>(side) * 3;
    pixels.width = pixels.height = side;
    pixels.format = CUTIS_PIXELS_RGB8;
    cutis_photo_options options = {};
    options.struct_size = sizeof(options);
    options.landmarks = CUTIS_LANDMARKS_NONE;
    options.px_per_mm = 5.0;

    cutis_session *session = nullptr;
    cutis_photo *photo = nullptr;
    cutis_reading *reading = nullptr;
    const bool good =
        !cutis_session_create(nullptr, &session) &&
        !cutis_photo_load_pixels(session, &pixels, &options, &photo) &&
        !cutis_photo_measure(session, photo, &reading);
    const std::unique_ptr<cutis_session, Close> keep_session(session);
    const std::unique_ptr<cutis_photo, Close> keep_photo(photo);
    const std::unique_ptr<cutis_reading, Close> keep_reading(reading);
    if (!good) {
        std::fprintf(stderr, "%s\n", cutis_session_error(session));
        return 1;
    }
    int measured = 0;
    for (std::size_t i = 0; cutis_reading_at(reading, i); i++)
        measured += cutis_reading_at(reading, i)->verdict == CUTIS_VERDICT_OK;
    std::printf("%d readings\n", measured);
    return measured == 0;
}
