// The opcodes (CPython, Lib/pickletools.py).
#include "core/exchange/pickle.h"
#include <bit>
#include <cstring>
#include <limits>

namespace spacewright {

namespace {

static_assert(std::endian::native == std::endian::little, "the format's numbers are little endian");

template <class Number>
std::string raw(Number number)
{
    std::string bytes(sizeof number, '\0');
    std::memcpy(bytes.data(), &number, sizeof number);
    return bytes;
}

} // namespace

void Pickle::text(const std::string& text)
{
    m_bytes += 'X' + raw(static_cast<std::uint32_t>(text.size())) + text;
}

void Pickle::number(std::int64_t number)
{
    if (number <= std::numeric_limits<std::int32_t>::max())
        m_bytes += 'J' + raw(static_cast<std::int32_t>(number));
    else
        m_bytes += std::string("\x8a\x08") + raw(number);
}

void Pickle::numbers(const std::vector<std::int64_t>& values)
{
    mark();
    for (const std::int64_t value : values)
        number(value);
    tuple();
}

void Pickle::tensor(const NamedArray& array, const std::string& key)
{
    std::vector<std::int64_t> strides(array.shape.size(), 1);
    for (std::size_t i = strides.size() - 1; i > 0; --i)
        strides[i - 1] = strides[i] * array.shape[i];
    global("torch._utils", "_rebuild_tensor_v2");
    mark();
    mark();
    text("storage");
    global("torch", "FloatStorage");
    text(key);
    text("cpu");
    number(static_cast<std::int64_t>(array.values.size()));
    tuple();
    m_bytes += 'Q'; // the storage by its key
    number(0);
    numbers(array.shape);
    numbers(strides);
    boolean(false);
    global("collections", "OrderedDict"); // no hooks
    emptyTuple();
    reduce();
    tuple();
    reduce();
}

} // namespace spacewright
