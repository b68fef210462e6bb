// The complexity of a stage as a formula, found by counting.
#include "core/network/stage_formula.h"
#include "core/network/wiring.h"

namespace spacewright {

StageFormulas::StageFormulas(const Network& prototype, int stages, int stride, Measure measure)
    : m_prototype(prototype), m_measure(measure), m_linear(stride > 1 && prototype.block != BlockType::mbconv)
{
    m_inputSizes.push_back(stemComplexity(prototype).size);
    while (static_cast<int>(m_inputSizes.size()) <= stages) // the last one enters the head
        m_inputSizes.push_back((m_inputSizes.back() - 1) / stride + 1);
}

int StageFormulas::squeezed(int width) const
{
    return wiring::squeezedWidth(m_prototype, width);
}

std::int64_t StageFormulas::firstBlock(int stage, const Stage& shape, int inputWidth) const
{
    return blockComplexity(m_prototype, shape, shape.stride, inputWidth, m_inputSizes[stage]).complexity.*m_measure;
}

std::optional<StageFormula> StageFormulas::of(int stage, const Stage& shape) const
{
    // Two neighbouring widths with one squeezed width give the first slope, a third width the second one.
    constexpr int low = 64, next = 65, high = 72, check = 6403;
    const bool squeezes = squeezed(low) > 0;
    if (!m_linear || squeezed(low) != squeezed(next) || (squeezes && squeezed(high) == squeezed(low)) ||
        squeezes != (squeezed(shape.width) > 0) || squeezes != (squeezed(stemWidth()) > 0))
        return std::nullopt;
    StageFormula f;
    const std::int64_t atLow = firstBlock(stage, shape, low);
    f.perInputChannel = firstBlock(stage, shape, next) - atLow;
    if (squeezes)
        f.perSqueezedChannel = (firstBlock(stage, shape, high) - atLow - f.perInputChannel * (high - low)) /
                               (squeezed(high) - squeezed(low));
    f.constant = atLow - f.perInputChannel * low - f.perSqueezedChannel * squeezed(low);
    if (f.of(1, check, squeezed(check)) != firstBlock(stage, shape, check))
        return std::nullopt;
    f.perBlock = blockComplexity(m_prototype, shape, 1, shape.width, m_inputSizes[stage + 1]).complexity.*m_measure;
    if (stage == 0)
        f.constant += stemComplexity(m_prototype).complexity.*m_measure;
    if (stage + 2 == static_cast<int>(m_inputSizes.size()))
        f.constant += headComplexity(m_prototype, shape.width, m_inputSizes.back()).complexity.*m_measure;
    return f;
}

} // namespace spacewright
