// Writes pictures for tests, by the libraries that the program reads them with.
#pragma once
#include "core/data/resize.h"
#include <gtest/gtest.h>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <png.h>
#include <turbojpeg.h>

namespace spacewright::test {

/// One colour, or one grey where all three are equal and `channels` is 1.
inline Picture plain(int width, int height, std::vector<std::uint8_t> colour)
{
    Picture picture{width, height, static_cast<int>(colour.size()), {}};
    for (int i = 0; i < width * height; ++i)
        picture.values.insert(picture.values.end(), colour.begin(), colour.end());
    return picture;
}

/// With 4 channels the last one is how opaque it is.
inline void writePng(const std::filesystem::path& path, const Picture& picture)
{
    std::filesystem::create_directories(path.parent_path());
    png_image image;
    std::memset(&image, 0, sizeof image);
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(picture.width);
    image.height = static_cast<png_uint_32>(picture.height);
    image.format = picture.channels == 1 ? PNG_FORMAT_GRAY : picture.channels == 3 ? PNG_FORMAT_RGB : PNG_FORMAT_RGBA;
    ASSERT_NE(png_image_write_to_file(&image, path.c_str(), 0, picture.values.data(), 0, nullptr), 0);
}

inline void writeJpeg(const std::filesystem::path& path, const Picture& picture)
{
    std::filesystem::create_directories(path.parent_path());
    tjhandle encoder = tjInitCompress();
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
    const bool grey = picture.channels == 1;
    ASSERT_EQ(tjCompress2(encoder, picture.values.data(), picture.width, 0, picture.height, grey ? TJPF_GRAY : TJPF_RGB,
                          &bytes, &size, grey ? TJSAMP_GRAY : TJSAMP_444, 95, 0),
              0);
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes), static_cast<std::streamsize>(size));
    tjFree(bytes);
    tjDestroy(encoder);
}

} // namespace spacewright::test
