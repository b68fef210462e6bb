// A whole study as one archive that another machine opens, and can train again to the same numbers.
#pragma once
#include "core/study/study.h"

namespace spacewright {

/// What a capsule says of where it was made.
struct CapsuleOrigin {
    std::string program;                     ///< name and version
    std::string study;                       ///< the file's name
    std::map<std::string, std::string> data; ///< the data set's files, each with its SHA-256; empty when not there
};

/// Spaces, seeds, recipe, models with results, the origin, and the SHA-256 of each part; no weights. Writes the file.
void writeCapsule(const std::filesystem::path&, const StudyContent&, const CapsuleOrigin&);
/// Whether a file begins as an archive does.
bool looksLikeCapsule(const std::filesystem::path&);
struct Capsule {
    StudyContent content;
    CapsuleOrigin origin;
};
/// Throws Error for what is no capsule, was made by a newer program, or does not have the hashes that it says.
Capsule readCapsule(const std::filesystem::path&);
/// The same with nothing trained: results, epochs and tests are left out, and models that were trained wait. What was
/// imported stays as it is.
StudyContent untrained(StudyContent);

/// The SHA-256 of the images and labels that are trained on and validated with, in whatever files they are; empty when
/// they are not there.
std::map<std::string, std::string> dataHashes(const Recipe&);

} // namespace spacewright
