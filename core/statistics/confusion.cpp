// What a classifier mistakes for what.
#include "core/statistics/confusion.h"
#include "core/error.h"
#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

namespace spacewright {

std::vector<Answer> answersFrom(const std::vector<float>& logits, const std::vector<std::uint8_t>& labels)
{
    std::vector<Answer> answers;
    answers.reserve(labels.size());
    const std::size_t classes = labels.empty() ? 0 : logits.size() / labels.size();
    for (std::size_t image = 0; image < labels.size(); ++image) {
        const auto row = logits.begin() + static_cast<std::ptrdiff_t>(image * classes);
        const auto end = row + static_cast<std::ptrdiff_t>(classes);
        const auto best = std::max_element(row, end);
        double sum = 0; // of the softmax with the largest logit taken off, so that nothing overflows
        for (auto logit = row; logit != end; ++logit)
            sum += std::exp(static_cast<double>(*logit) - *best);
        answers.push_back({labels[image], static_cast<int>(best - row), static_cast<float>(1 / sum)});
    }
    return answers;
}

Confusion::Confusion(const std::vector<Answer>& answers, int classes)
    : m_classes(classes), m_counts(static_cast<std::size_t>(classes) * static_cast<std::size_t>(classes))
{
    for (const Answer& one : answers) {
        if (std::min(one.truth, one.answer) < 0 || std::max(one.truth, one.answer) >= classes)
            throw Error("An answer is of class " + std::to_string(std::max(one.truth, one.answer)) +
                        ", but there are " + std::to_string(classes) + " classes.");
        ++m_counts[static_cast<std::size_t>(one.truth) * classes + one.answer];
    }
}

std::int64_t Confusion::images() const
{
    return std::accumulate(m_counts.begin(), m_counts.end(), std::int64_t{0});
}

std::int64_t Confusion::images(int truth) const
{
    const auto row = m_counts.begin() + static_cast<std::ptrdiff_t>(truth) * m_classes;
    return std::accumulate(row, row + m_classes, std::int64_t{0});
}

std::int64_t Confusion::wrong() const
{
    std::int64_t right = 0;
    for (int one = 0; one < m_classes; ++one)
        right += at(one, one);
    return images() - right;
}

std::optional<std::pair<int, int>> Confusion::mostMistaken() const
{
    std::optional<std::pair<int, int>> most;
    for (int truth = 0; truth < m_classes; ++truth)
        for (int answer = 0; answer < m_classes; ++answer)
            if (truth != answer && at(truth, answer) > (most ? at(most->first, most->second) : 0))
                most = {truth, answer};
    return most;
}

std::vector<std::size_t> worstAnswers(const std::vector<Answer>& answers, std::size_t n,
                                      std::optional<std::pair<int, int>> only)
{
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < answers.size(); ++i)
        if (only ? answers[i].truth == only->first && answers[i].answer == only->second : answers[i].isWrong())
            places.push_back(i);
    std::stable_sort(places.begin(), places.end(),
                     [&](std::size_t a, std::size_t b) { return answers[a].probability > answers[b].probability; });
    places.resize(std::min(n, places.size()));
    return places;
}

} // namespace spacewright
