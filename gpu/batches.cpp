// Chooses the images of a batch.
#include "gpu/batches.h"
#include <algorithm>
#include <numeric>

namespace spacewright {

namespace {
constexpr int padding = 4; // pixels on each side, as for CIFAR
}

Batches::Batches(const ImageSet& set, const DataSet& data, int size) : m_set(set), m_size(size), m_order(set.count)
{
    for (int c = 0; c < set.channels; ++c) {
        m_scale.push_back(1 / (255 * data.deviation.at(c)));
        m_shift.push_back(-data.mean.at(c) / data.deviation.at(c));
    }
    m_source = {set.pixels.data(), set.channels, set.size, m_scale.data(), m_shift.data(), set.count};
    std::iota(m_order.begin(), m_order.end(), 0);
}

void Batches::shuffle(Random random)
{
    m_order = shuffled(m_set.count, random);
}

void Batches::load(int index, Random augmentation)
{
    load(index);
    for (BatchItem& item : m_items) {
        item.flip = static_cast<std::int32_t>(augmentation.below(2));
        item.down = static_cast<std::int16_t>(static_cast<int>(augmentation.below(2 * padding + 1)) - padding);
        item.right = static_cast<std::int16_t>(static_cast<int>(augmentation.below(2 * padding + 1)) - padding);
    }
}

void Batches::load(int index)
{
    const int first = index * m_size, end = std::min(first + m_size, m_set.count),
              ahead = std::max(m_size, m_set.ahead);
    m_items.clear();
    m_labels.clear();
    for (int i = first; i < end; ++i) {
        m_set.expect(at(i + ahead));
        m_items.push_back({.image = m_order[i]});
        m_labels.push_back(m_set.labels[m_order[i]]);
    }
}

int Batches::wrong(const std::vector<float>& logits) const
{
    const std::size_t classes = logits.size() / m_labels.size();
    int result = 0;
    for (std::size_t i = 0; i < m_labels.size(); ++i) {
        const auto row = logits.begin() + static_cast<std::ptrdiff_t>(i * classes);
        const auto best = std::max_element(row, row + static_cast<std::ptrdiff_t>(classes));
        result += best - row != m_labels[i];
    }
    return result;
}

} // namespace spacewright
