// Memory of a CUDA device with an owner; no CUDA types.
#pragma once
#include <cstddef>
#include <vector>

namespace spacewright::cuda {

/// Bytes on the current device. Throws DeviceMemoryFull, as all of these Error with CUDA's own words.
void* allocate(std::size_t bytes);
void release(void*) noexcept;
/// Complete on return, for every stream.
void copyToDevice(void* device, const void* host, std::size_t bytes);
void copyToHost(void* host, const void* device, std::size_t bytes);
/// For all that the current device was given to do.
void wait();

/// Numbers on the current device.
template <class T>
class Array {
public:
    explicit Array(std::size_t count) : m_data(static_cast<T*>(allocate(count * sizeof(T)))), m_count(count) {}
    explicit Array(const std::vector<T>& host) : Array(host.size()) { copyToDevice(m_data, host.data(), bytes()); }
    ~Array() { release(m_data); }
    Array(const Array&) = delete;
    Array& operator=(const Array&) = delete;

    T* data() const { return m_data; }
    std::size_t bytes() const { return m_count * sizeof(T); }
    std::vector<T> onHost() const
    {
        std::vector<T> host(m_count);
        copyToHost(host.data(), m_data, bytes());
        return host;
    }

private:
    T* m_data;
    std::size_t m_count;
};

} // namespace spacewright::cuda
