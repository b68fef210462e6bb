// Writes protocol buffer messages: fields of numbers, texts and further messages (protobuf.dev/programming-guides/encoding).
#pragma once
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace spacewright {

class ProtobufMessage {
public:
    ProtobufMessage& number(int field, std::uint64_t value)
    {
        varint(static_cast<std::uint64_t>(field) << 3);
        varint(value);
        return *this;
    }
    ProtobufMessage& real(int field, float value)
    {
        varint(static_cast<std::uint64_t>(field) << 3 | 5);
        char bytes[sizeof value];
        std::memcpy(bytes, &value, sizeof value); // little endian, as this machine
        m_bytes.append(bytes, sizeof value);
        return *this;
    }
    ProtobufMessage& text(int field, std::string_view bytes)
    {
        varint(static_cast<std::uint64_t>(field) << 3 | 2);
        varint(bytes.size());
        m_bytes += bytes;
        return *this;
    }
    ProtobufMessage& message(int field, const ProtobufMessage& inner) { return text(field, inner.m_bytes); }

    const std::string& bytes() const { return m_bytes; }

private:
    void varint(std::uint64_t value)
    {
        for (; value > 127; value >>= 7)
            m_bytes += static_cast<char>(value | 128);
        m_bytes += static_cast<char>(value);
    }
    std::string m_bytes;
};

} // namespace spacewright
