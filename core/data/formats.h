// The forms in which data sets come, as one table.
#pragma once
#include "core/data/data_files.h"

namespace spacewright {

struct DataFormat {
    const char* name;
    const char* files; ///< what a person looks for, for the sentence that says what is understood
    bool (*recognises)(const std::filesystem::path&);
    /// Throws Error naming a file that is missing; null where what is recognised is complete.
    void (*checkComplete)(const std::filesystem::path&, bool testOnly);
    DataFiles (*read)(const std::filesystem::path&, const ReadOptions&);
};

/// By what is there, not by names alone. Throws Error saying which forms are understood.
const DataFormat& formatOf(const std::filesystem::path&);

} // namespace spacewright
