// PNG by libpng's simplified interface, JPEG by TurboJPEG: neither needs longjmp.
#include "core/data/picture.h"
#include "core/error.h"
#include <algorithm>
#include <cctype>
#include <cstring>
#include <fstream>
#include <memory>
#include <png.h>
#include <turbojpeg.h>

namespace spacewright {

namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes contents(const std::filesystem::path& path)
{
    constexpr std::streamoff largestFile = 256 << 20;
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    const std::streamoff size = file ? static_cast<std::streamoff>(file.tellg()) : -1;
    if (size < 0)
        throw Error("it cannot be opened");
    if (size > largestFile)
        throw Error("it is larger than 256 MiB");
    Bytes bytes(static_cast<std::size_t>(size));
    file.seekg(0);
    if (!file.read(reinterpret_cast<char*>(bytes.data()), size))
        throw Error("it cannot be read");
    return bytes;
}

bool startsWith(const Bytes& bytes, std::initializer_list<std::uint8_t> start)
{
    return bytes.size() > start.size() && std::equal(start.begin(), start.end(), bytes.begin());
}

void checkSize(const Picture& header)
{
    constexpr std::int64_t mostPixels = 64 << 20;
    if (header.width < 1 || header.height < 1 || std::int64_t{header.width} * header.height > mostPixels)
        throw Error("it is " + std::to_string(header.width) + "x" + std::to_string(header.height) +
                    " pixels, and at most 64 million are decoded");
}

class Png {
public:
    explicit Png(const Bytes& bytes)
    {
        std::memset(&m_image, 0, sizeof m_image);
        m_image.version = PNG_IMAGE_VERSION;
        png_image_begin_read_from_memory(&m_image, bytes.data(), bytes.size());
        refuseFailure();
    }
    ~Png() { png_image_free(&m_image); }
    Png(const Png&) = delete;
    Png& operator=(const Png&) = delete;

    Picture header() const
    {
        return {static_cast<int>(m_image.width),
                static_cast<int>(m_image.height),
                m_image.format & PNG_FORMAT_FLAG_COLOR ? 3 : 1,
                {}};
    }
    Picture decode(int channels)
    {
        Picture picture = header();
        picture.channels = channels;
        m_image.format = channels == 1 ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB;
        m_image.flags |= PNG_IMAGE_FLAG_16BIT_sRGB; // else 16 bits without a gamma are taken as linear light
        picture.values.resize(PNG_IMAGE_SIZE(m_image));
        const png_color white{255, 255, 255};
        png_image_finish_read(&m_image, &white, picture.values.data(), 0, nullptr);
        refuseFailure();
        return picture;
    }

private:
    void refuseFailure() const
    {
        if (PNG_IMAGE_FAILED(m_image))
            throw Error(std::string("its PNG data is damaged (") + m_image.message + ")");
    }
    png_image m_image;
};

class Jpeg {
public:
    explicit Jpeg(const Bytes& bytes) : m_bytes(bytes), m_decoder(tjInitDecompress(), tjDestroy)
    {
        int subsampling = 0, colours = 0;
        refuseUnless(m_decoder && tjDecompressHeader3(m_decoder.get(), bytes.data(), bytes.size(), &m_header.width,
                                                      &m_header.height, &subsampling, &colours) == 0);
        if (colours == TJCS_CMYK || colours == TJCS_YCCK)
            throw Error("it is a JPEG in printing colours (CMYK); save it in RGB");
        m_header.channels = colours == TJCS_GRAY ? 1 : 3;
    }

    Picture header() const { return m_header; }
    Picture decode(int channels)
    {
        Picture picture = m_header;
        picture.channels = channels;
        picture.values.resize(std::size_t(picture.width) * std::size_t(picture.height) * std::size_t(channels));
        refuseUnless(tjDecompress2(m_decoder.get(), m_bytes.data(), m_bytes.size(), picture.values.data(),
                                   picture.width, 0, picture.height, channels == 1 ? TJPF_GRAY : TJPF_RGB,
                                   TJFLAG_ACCURATEDCT | TJFLAG_LIMITSCANS) == 0);
        return picture;
    }

private:
    /// A warning counts as well: a file that ends early is one.
    void refuseUnless(bool good) const
    {
        if (!good)
            throw Error(std::string("its JPEG data is damaged (") + tjGetErrorStr2(m_decoder.get()) + ")");
    }
    const Bytes& m_bytes;
    std::unique_ptr<void, int (*)(tjhandle)> m_decoder;
    Picture m_header;
};

template <class Action>
Picture withDecoder(const std::filesystem::path& path, Action action)
{
    const Bytes bytes = contents(path);
    if (startsWith(bytes, {0x89, 'P', 'N', 'G'})) {
        Png png(bytes);
        checkSize(png.header());
        return action(png);
    }
    if (startsWith(bytes, {0xff, 0xd8, 0xff})) {
        Jpeg jpeg(bytes);
        checkSize(jpeg.header());
        return action(jpeg);
    }
    throw Error(bytes.empty() ? "it is empty" : "it is neither a PNG nor a JPEG file");
}

} // namespace

bool isNamedAsPicture(const std::filesystem::path& path)
{
    std::string ending = path.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return ending == ".png" || ending == ".jpg" || ending == ".jpeg";
}

Picture inspectPicture(const std::filesystem::path& path)
{
    return withDecoder(path, [](auto& decoder) { return decoder.header(); });
}

Picture decodePicture(const std::filesystem::path& path, int channels)
{
    return withDecoder(path, [&](auto& decoder) { return decoder.decode(channels); });
}

} // namespace spacewright
