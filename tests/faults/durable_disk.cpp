// A disk that forgets what was not synced.
#include "durable_disk.h"
#include <algorithm>
#include <fstream>

namespace spacewright::faults {
namespace {

constexpr std::size_t sector = 512;

void put(std::string& content, std::size_t offset, std::string_view bytes)
{
    content.resize(std::max(content.size(), offset + bytes.size()), '\0');
    content.replace(offset, bytes.size(), bytes);
}

void apply(std::string& content, const Change& change)
{
    if (change.kind == Change::Kind::write)
        put(content, change.offset, change.bytes);
    else
        content.resize(change.offset, '\0');
}

/// Some sectors of the write, and half of one.
void applySome(std::string& content, const Change& change, double keep, std::mt19937& random)
{
    std::bernoulli_distribution kept(keep);
    if (change.kind == Change::Kind::truncate) {
        if (kept(random))
            apply(content, change);
        return;
    }
    const std::string_view bytes = change.bytes;
    for (std::size_t at = 0; at < bytes.size(); at += sector)
        if (kept(random))
            put(content, change.offset + at, bytes.substr(at, kept(random) ? sector : sector / 2));
}

} // namespace

void DurableDisk::follow(const Change& change)
{
    auto& names = m_files[change.path];
    if (names.empty())
        names.emplace_back(); // it was not there
    switch (change.kind) {
    case Change::Kind::create:
        if (!names.back())
            names.push_back(std::make_shared<Content>());
        break;
    case Change::Kind::write:
    case Change::Kind::truncate:
        names.back()->pending.push_back(change);
        break;
    case Change::Kind::sync:
        for (const Change& one : names.back()->pending)
            apply(names.back()->durable, one);
        names.back()->pending.clear();
        break;
    case Change::Kind::remove:
        names.emplace_back();
        break;
    case Change::Kind::syncFolder:
        for (auto& [path, all] : m_files)
            all.erase(all.begin(), all.end() - 1);
        break;
    }
}

void DurableDisk::cutPower(double keep, std::mt19937& random) const
{
    std::filesystem::remove_all(m_folder);
    std::filesystem::create_directories(m_folder);
    for (const auto& [path, names] : m_files) {
        // The newest name reached the disk with all that was written, or one of the older ones stands.
        const auto last = names.size() - 1;
        const auto which = keep == 0   ? 0
                           : keep == 1 ? last
                                       : std::uniform_int_distribution<std::size_t>(0, last)(random);
        const auto& content = names.at(which);
        if (!content)
            continue;
        std::string bytes = content->durable;
        for (const Change& change : content->pending)
            keep == 1 ? apply(bytes, change) : applySome(bytes, change, keep, random);
        std::ofstream(m_folder / path.filename(), std::ios::binary) << bytes;
    }
}

} // namespace spacewright::faults
