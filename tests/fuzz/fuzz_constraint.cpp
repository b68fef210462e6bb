// A constraint as a person types it.
#include "tests/fuzz/fuzz.h"
#include "core/design/constraint.h"

namespace spacewright::fuzz {

void readInput(const std::string& bytes)
{
    readOrRefuse([&] {
        const Constraint constraint = constraintFrom(bytes);
        require(constraintFrom(toText(constraint)) == constraint, "a constraint that was written reads the same");
        describe(constraint);
    });
}

} // namespace spacewright::fuzz
