// What a classifier mistakes for what.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

namespace spacewright {

/// What a network says of one image.
struct Answer {
    int truth = 0, answer = 0; ///< classes, from 0
    float probability = 0;     ///< that it gives to its answer

    bool isWrong() const { return answer != truth; }
    bool operator==(const Answer&) const = default;
};

/// From the logits (images x classes): the class of the largest, with its softmax. One label for each image.
std::vector<Answer> answersFrom(const std::vector<float>& logits, const std::vector<std::uint8_t>& labels);

/// Counts of (truth, answer).
class Confusion {
public:
    Confusion() = default;
    /// Throws Error for an answer that is none of the classes.
    Confusion(const std::vector<Answer>&, int classes);

    int classes() const { return m_classes; }
    std::int64_t at(int truth, int answer) const
    {
        return m_counts[static_cast<std::size_t>(truth) * m_classes + answer];
    }
    std::int64_t images() const;
    std::int64_t images(int truth) const;
    std::int64_t wrong() const;
    /// The two different classes that are most often mistaken, truth first; none while nothing is wrong.
    std::optional<std::pair<int, int>> mostMistaken() const;

private:
    int m_classes = 0;
    std::vector<std::int64_t> m_counts;
};

/// The wrong answers' places, the surest first, at most `n`: all, or those of a truth and an answer.
std::vector<std::size_t> worstAnswers(const std::vector<Answer>&, std::size_t n,
                                      std::optional<std::pair<int, int>> only = {});

} // namespace spacewright
