// 8-bit values that never change once they are made: in memory or in a mapped file.
#pragma once
#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

namespace spacewright {

/// A view that keeps alive what it looks at: copies and parts cost nothing, whatever the size.
class Pixels {
public:
    using iterator = const std::uint8_t*;
    using const_iterator = iterator;

    Pixels() = default;
    Pixels(std::vector<std::uint8_t> values) : m_size(values.size())
    {
        const auto owner = std::make_shared<const std::vector<std::uint8_t>>(std::move(values));
        m_first = {owner, owner->data()};
    }
    /// Of a mapped file.
    Pixels(std::shared_ptr<const std::uint8_t> first, std::size_t size)
        : m_first(std::move(first)), m_size(size), m_isMapped(true)
    {
    }

    const std::uint8_t* data() const { return m_first.get(); }
    std::size_t size() const { return m_size; }
    iterator begin() const { return data(); }
    iterator end() const { return data() + m_size; }
    std::uint8_t operator[](std::size_t i) const { return data()[i]; }
    Pixels part(std::size_t first, std::size_t count) const
    {
        Pixels part = *this;
        part.m_first = {m_first, data() + first};
        part.m_size = count;
        return part;
    }
    /// Says that these values will be read soon: those of a mapped file are then fetched in the background.
    void expect(std::size_t first, std::size_t count) const;

    friend bool operator==(const Pixels& a, const Pixels& b)
    {
        return std::equal(a.begin(), a.end(), b.begin(), b.end());
    }

private:
    std::shared_ptr<const std::uint8_t> m_first;
    std::size_t m_size = 0;
    bool m_isMapped = false;
};

} // namespace spacewright
