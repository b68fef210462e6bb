// A design space as text: what the study keeps, and a file that a person can write (`--space FILE`).
#pragma once
#include "core/design/space.h"
#include <filesystem>
#include <string>

namespace spacewright {

/// JSON with every field; `spaceFromText(toText(space)) == space`.
std::string toText(const Space&);
/// Reads JSON or YAML, pycls' sweep setups too; fields that are left out have AnyNetX_A's (or, for `family: regnet`, RegNetX') values.
/// `networks`, a list in network_json.h's form, takes the place of all distributions.
/// Throws Error naming the field and what is allowed. Unknown fields are an error.
Space spaceFromText(const std::string&);
/// A named space, or the file of that path. Throws Error that lists the names.
Space spaceFromNameOrFile(const std::string&);

} // namespace spacewright
