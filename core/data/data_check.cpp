// Looks a data set over.
#include "core/data/data_check.h"
#include "core/counted.h"
#include "core/error.h"
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <string_view>
#include <unordered_map>

namespace spacewright {

namespace {

/// Images by their content.
class Seen {
public:
    struct Image {
        const ImageSet* set;
        int index;
        std::uint8_t label() const { return set->labels[std::size_t(index)]; }
    };
    std::optional<Image> find(const ImageSet& set, int i) const
    {
        const auto [first, end] = m_images.equal_range(hash(set, i));
        for (auto at = first; at != end; ++at)
            if (std::memcmp(at->second.set->image(at->second.index), set.image(i), set.valuesPerImage()) == 0)
                return at->second;
        return std::nullopt;
    }
    void add(const ImageSet& set, int i) { m_images.emplace(hash(set, i), Image{&set, i}); }

private:
    static std::size_t hash(const ImageSet& set, int i)
    {
        return std::hash<std::string_view>()({reinterpret_cast<const char*>(set.image(i)), set.valuesPerImage()});
    }
    std::unordered_multimap<std::size_t, Image> m_images;
};

/// Counts the images that were seen before, set after set.
class Comparer {
public:
    Comparer(const DataSet& data, const ReadProgress& progress)
        : m_progress(progress), m_all(data.training.count + data.validation.count + data.test.count)
    {
    }

    /// Images of `set` that were seen before it or, if `amongThemselves`, earlier in it.
    std::int64_t count(const ImageSet& set, bool amongThemselves)
    {
        std::int64_t found = 0;
        for (int i = 0; i < set.count; ++i) {
            step();
            set.expect(i + ImageSet::ahead);
            if (const auto equal = m_seen.find(set, i)) {
                ++found;
                m_otherLabel += equal->label() != set.labels[std::size_t(i)];
            } else if (amongThemselves) {
                m_seen.add(set, i);
            }
        }
        return found;
    }
    void add(const ImageSet& set)
    {
        for (int i = 0; i < set.count; ++i) {
            set.expect(i + ImageSet::ahead);
            m_seen.add(set, i);
        }
    }
    std::int64_t otherLabel() const { return m_otherLabel; }

private:
    void step()
    {
        constexpr std::int64_t interval = 4096;
        if (m_progress && m_done++ % interval == 0 && !m_progress(m_done, m_all))
            throw Error("The check was stopped.");
    }
    const ReadProgress& m_progress;
    Seen m_seen;
    std::int64_t m_otherLabel = 0, m_done = 0, m_all;
};

std::string decimals(const std::vector<float>& values)
{
    std::string text;
    for (const float value : values) {
        char digits[32];
        std::snprintf(digits, sizeof digits, "%s%.4f", text.empty() ? "" : " ", static_cast<double>(value));
        text += digits;
    }
    return text;
}

DataFinding classFinding(const DataSet& data)
{
    DataFinding finding{"classes", true, std::to_string(data.training.classes) + ", training/validation/test images:"};
    std::string without;
    for (const ClassCount& one : classCounts(data)) {
        finding.detail += " " + one.name + " " + std::to_string(one.training) + "/" + std::to_string(one.validation) +
                          "/" + std::to_string(one.test) + ";";
        if (one.training == 0)
            without += (without.empty() ? "" : ", ") + one.name;
    }
    finding.detail.back() = '.';
    finding.ok = data.training.classes > 1 && without.empty();
    if (!without.empty())
        finding.detail += " Without training images: " + without + ".";
    return finding;
}

DataFinding brokenFinding(const BrokenFiles& broken)
{
    if (broken.count == 0)
        return {"broken files", true, "none"};
    std::string text = std::to_string(broken.count) + " left out:";
    for (const BrokenFiles::File& file : broken.first)
        text += " " + file.name + " (" + file.reason + ");";
    text.back() = '.';
    const std::int64_t more = broken.count - static_cast<std::int64_t>(broken.first.size());
    return {"broken files", false, text + (more > 0 ? " And " + std::to_string(more) + " more." : "")};
}

/// A few equal images are in every large set; a hundredth of those that judge would move errors visibly.
DataFinding duplicateFinding(const DataSet& data, const ReadProgress& progress)
{
    const Duplicates found = duplicates(data, progress);
    const bool ok =
        found.validationInTraining * 100 <= data.validation.count && found.testInOthers * 100 <= data.test.count;
    return {"duplicates", ok,
            std::to_string(found.validationInTraining) + " of " + std::to_string(data.validation.count) +
                " validation images equal a training image, " + std::to_string(found.testInOthers) + " of " +
                std::to_string(data.test.count) + " test images one of training or validation, " +
                std::to_string(found.withinTraining) + " training images another one; " +
                std::to_string(found.otherLabel) + " of these have another class than their equal."};
}

} // namespace

std::vector<ClassCount> classCounts(const DataSet& data)
{
    std::vector<ClassCount> counts(static_cast<std::size_t>(data.training.classes));
    for (std::size_t label = 0; label < counts.size(); ++label)
        counts[label].name = className(data, static_cast<int>(label));
    for (const std::uint8_t label : data.training.labels)
        ++counts[label].training;
    for (const std::uint8_t label : data.validation.labels)
        ++counts[label].validation;
    for (const std::uint8_t label : data.test.labels)
        ++counts[label].test;
    return counts;
}

Duplicates duplicates(const DataSet& data, const ReadProgress& progress)
{
    Duplicates result;
    Comparer comparer(data, progress);
    result.withinTraining = comparer.count(data.training, true);
    result.validationInTraining = comparer.count(data.validation, false);
    comparer.add(data.validation);
    result.testInOthers = comparer.count(data.test, false);
    result.otherLabel = comparer.otherLabel();
    return result;
}

std::vector<DataFinding> findings(const DataSet& data, const ReadProgress& progress)
{
    const ImageSet& set = data.training;
    const std::string size = std::to_string(set.size);
    std::vector<DataFinding> list{
        {"form", true, data.form},
        {"images", true, size + "x" + size + " pixels, " + counted(set.channels, "channel")},
        classFinding(data),
        {"mean and deviation", true, decimals(data.mean) + "; " + decimals(data.deviation) + " (of 0..1, per channel)"},
    };
    for (const std::string& note : data.notes)
        list.push_back({"note", true, note});
    list.push_back(brokenFinding(data.broken));
    list.push_back(duplicateFinding(data, progress));
    list.push_back({"split", true, data.split});
    return list;
}

std::vector<int> examplesOf(const DataSet& data, int label, int most)
{
    std::vector<int> found;
    for (int i = 0; i < data.training.count && static_cast<int>(found.size()) < most; ++i)
        if (data.training.labels[std::size_t(i)] == label)
            found.push_back(i);
    return found;
}

} // namespace spacewright
