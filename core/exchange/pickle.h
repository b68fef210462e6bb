// Writes Python's pickle format, protocol 2, as far as PyTorch's files need it. Nothing here reads one: reading a
// pickle runs whatever it holds.
#pragma once
#include "core/network/state.h"
#include <string>

namespace spacewright {

class Pickle {
public:
    Pickle() : m_bytes("\x80\x02") {}

    void mark() { m_bytes += '('; }
    void tuple() { m_bytes += 't'; } ///< of what came since the mark
    void emptyTuple() { m_bytes += ')'; }
    void emptyDictionary() { m_bytes += '}'; }
    void setItems() { m_bytes += 'u'; } ///< keys and values since the mark, into the dictionary below it
    void newObject() { m_bytes += '\x81'; }
    void build() { m_bytes += 'b'; }
    void reduce() { m_bytes += 'R'; }
    void boolean(bool value) { m_bytes += value ? '\x88' : '\x89'; }
    void global(const std::string& module, const std::string& name) { m_bytes += 'c' + module + '\n' + name + '\n'; }
    void text(const std::string&);
    void number(std::int64_t); ///< not negative

    /// A contiguous tensor of 32-bit floats whose values lie in the archive's entry "data/KEY".
    void tensor(const NamedArray&, const std::string& key);

    std::string take() { return std::move(m_bytes += '.'); }

private:
    void numbers(const std::vector<std::int64_t>&);
    std::string m_bytes;
};

} // namespace spacewright
