// A split of the data set as a sequence of batches.
#pragma once
#include "core/data/image_set.h"
#include "core/design/random.h"
#include "gpu/kernels/batch.h"

namespace spacewright {

/// Refers to the images, which must live longer. Its buffers are used again for every batch.
class Batches {
public:
    /// Unshuffled, `size` images a batch, normalised with the data set's mean and deviation.
    Batches(const ImageSet&, const DataSet&, int size);
    Batches(const Batches&) = delete; // choices point into it
    Batches& operator=(const Batches&) = delete;

    int whole() const { return m_set.count / m_size; } ///< batches, the last incomplete one left out
    int all() const { return (m_set.count + m_size - 1) / m_size; }

    /// Another order of the images, a function of the random stream alone.
    void shuffle(Random);
    /// Makes batch `index` the current one; `augmentation` flips with probability 0.5 and crops after padding by 4.
    void load(int index);
    void load(int index, Random augmentation);

    BatchChoice choice() const { return {m_source, m_items.data(), count()}; } ///< valid until the next one
    const std::uint8_t* labels() const { return m_labels.data(); }
    int count() const { return static_cast<int>(m_items.size()); } ///< images in the current batch
    /// How many of the current batch's images have another class than their largest logit says.
    int wrong(const std::vector<float>& logits) const;

private:
    int at(int index) const { return index < m_set.count ? m_order[static_cast<std::size_t>(index)] : -1; }

    const ImageSet& m_set;
    int m_size;
    std::vector<float> m_scale, m_shift; ///< per channel
    BatchSource m_source;
    std::vector<std::int32_t> m_order;
    std::vector<BatchItem> m_items;
    std::vector<std::uint8_t> m_labels;
};

} // namespace spacewright
