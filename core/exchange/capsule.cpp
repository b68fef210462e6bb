// A whole study as one archive.
#include "core/exchange/capsule.h"
#include "core/data/image_set.h"
#include "core/error.h"
#include "core/exchange/json_fields.h"
#include "core/exchange/model_columns.h"
#include "core/exchange/sha256.h"
#include "core/exchange/space_file.h"
#include "core/exchange/zip.h"
#include "core/exchange/zip_reader.h"
#include "core/whole_file.h"
#include <fstream>
#include <sstream>

namespace spacewright {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr int version = 1;
constexpr std::size_t mostBytes = std::size_t{256} << 20;
const std::string manifest = "capsule.json", recipePart = "recipe.json", spacesPart = "spaces.jsonl",
                  modelsPart = "models.jsonl";

ordered_json spaceJson(const StudyContent& content, const StudySpace& space)
{
    ordered_json j;
    j["id"] = std::int64_t(space.id);
    j["parent"] = space.parent ? ordered_json(std::int64_t(*space.parent)) : ordered_json();
    j["space"] = ordered_json::parse(toText(space.space));
    j["added"] = ordered_json::array();
    for (const Constraint& constraint : space.added)
        j["added"].push_back(toText(constraint));
    j["note"] = space.note;
    j["seed"] = std::to_string(space.seed); // of 64 bits, which not every reader of JSON keeps
    j["next_index"] = space.nextIndex;
    j["set_aside"] = space.setAside;
    j["priority"] = space.priority;
    j["imported_from"] = space.importedFrom;
    j["reused"] = ordered_json::array();
    if (const auto reused = content.reused.find(space.id); reused != content.reused.end())
        for (const ModelId model : reused->second)
            j["reused"].push_back(std::int64_t(model));
    return j;
}

ordered_json modelJson(const StudyContent& content, const TrainedModel& trained)
{
    const Model& model = trained.model;
    ordered_json j{
        {"space", std::int64_t(model.space)}, {"index", model.sample.index}, {"finish_order", model.finishOrder},
        {"set_aside", model.setAside},        {"next", model.isNext},        {"model", toColumns(trained)}};
    for (const TestResult& test : content.tests)
        if (test.model == model.id)
            j["tests"].push_back({{"data", test.data}, {"wrong", test.wrong}, {"images", test.images}});
    return j;
}

std::int64_t whole(const json& j, const char* name)
{
    if (!j.contains(name) || !j[name].is_number_integer())
        throw Error(std::string("The field \"") + name + "\" must be a whole number.");
    return j[name].get<std::int64_t>();
}

void readSpace(StudyContent& content, const json& j)
{
    StudySpace space;
    space.id = SpaceId{whole(j, "id")};
    if (j.contains("parent") && !j["parent"].is_null())
        space.parent = SpaceId{whole(j, "parent")};
    space.space = spaceFromText(j.value("space", json()).dump());
    for (const json& constraint : j.value("added", json::array()))
        space.added.push_back(constraintFrom(constraint.get<std::string>()));
    space.note = field(j, "note", std::string());
    std::istringstream(field<std::string>(j, "seed")) >> space.seed;
    space.nextIndex = whole(j, "next_index");
    space.setAside = field(j, "set_aside", false);
    space.priority = field(j, "priority", 0);
    space.importedFrom = field(j, "imported_from", std::string());
    for (const json& model : j.value("reused", json::array()))
        content.reused[space.id].push_back(ModelId{model.get<std::int64_t>()});
    content.spaces.push_back(std::move(space));
}

void readModel(StudyContent& content, const json& j)
{
    TrainedModel trained = fromColumns(j.value("model", json()));
    Model& model = trained.model;
    model.id = ModelId{whole(j.value("model", json()), "model")};
    model.space = SpaceId{whole(j, "space")};
    model.sample.index = whole(j, "index");
    model.finishOrder = whole(j, "finish_order");
    model.setAside = field(j, "set_aside", false);
    model.isNext = field(j, "next", false);
    for (const json& test : j.value("tests", json::array()))
        content.tests.push_back(
            {model.id, field<std::string>(test, "data"), whole(test, "wrong"), whole(test, "images")});
    content.models.push_back(std::move(trained));
}

/// Each line of a part by `read`; what is wrong is said with the line.
void readLines(const std::string& part, const std::string& text, const std::function<void(const json&)>& read)
{
    std::istringstream lines(text);
    std::string line;
    for (int number = 1; std::getline(lines, line); ++number)
        try {
            read(parsedObject(line, "It"));
        } catch (const std::exception& error) {
            throw Error("its " + part + ", line " + std::to_string(number) + ", cannot be read: " + error.what());
        }
}

/// The parts by name. Nothing is unpacked that claims, or turns out, to be longer than `mostBytes` in all.
std::map<std::string, std::string> partsIn(const ZipReader& archive)
{
    std::map<std::string, std::string> parts;
    std::size_t left = mostBytes;
    for (std::size_t i = 0; i < archive.entries().size(); ++i) {
        const auto& [name, size, packed] = archive.entries()[i];
        if (name != manifest && name != recipePart && name != spacesPart && name != modelsPart)
            throw Error("it holds \"" + name + "\", which does not belong into it.");
        if (size > left)
            throw Error("it would unpack to more than " + std::to_string(mostBytes >> 20) +
                        " MB, which no study does.");
        left -= size;
        std::string& bytes = parts[name];
        bytes.resize(size);
        ZipReader::Stream stream = archive.open(i);
        std::uint8_t more = 0;
        if (stream.read(reinterpret_cast<std::uint8_t*>(bytes.data()), size) != size || stream.read(&more, 1) != 0)
            throw Error("its " + name + " is damaged.");
    }
    return parts;
}

json manifestOf(const std::map<std::string, std::string>& parts)
{
    const auto found = parts.find(manifest);
    const json j = found == parts.end() ? json() : json::parse(found->second, nullptr, false);
    if (!j.is_object() || !j.contains("capsule") || !j["capsule"].is_number_integer())
        throw Error("it is no capsule of a study.");
    if (j["capsule"] > version)
        throw Error("it was made by a newer Spacewright. Open it with that.");
    for (const std::string& name : {recipePart, spacesPart, modelsPart}) {
        const auto part = parts.find(name);
        if (part == parts.end())
            throw Error("its " + name + " is missing.");
        if (sha256(part->second) != j.value("sha256", json::object()).value(name, ""))
            throw Error("its " + name + " is not what was written: the SHA-256 differs. Fetch the file again.");
    }
    return j;
}

} // namespace

void writeCapsule(const std::filesystem::path& path, const StudyContent& content, const CapsuleOrigin& origin)
{
    std::string spaces, models;
    for (const StudySpace& space : content.spaces)
        spaces += spaceJson(content, space).dump() + "\n";
    for (const TrainedModel& model : content.models)
        models += modelJson(content, model).dump() + "\n";
    const std::string recipe = toJson(content.recipe) + "\n";
    const ordered_json j{
        {"capsule", version},
        {"program", origin.program},
        {"study", origin.study},
        {"data", origin.data},
        {"sha256", {{recipePart, sha256(recipe)}, {spacesPart, sha256(spaces)}, {modelsPart, sha256(models)}}}};
    const std::string first = j.dump(2) + "\n";
    writeWhole(path, toZip({{manifest, first}, {recipePart, recipe}, {spacesPart, spaces}, {modelsPart, models}}));
}

bool looksLikeCapsule(const std::filesystem::path& path)
{
    std::string begin(4, '\0');
    std::ifstream(path, std::ios::binary).read(begin.data(), 4);
    return begin == std::string("PK\3\4", 4) || begin == std::string("PK\5\6", 4);
}

Capsule readCapsule(const std::filesystem::path& path)
{
    const ZipReader archive(path);
    try {
        const auto parts = partsIn(archive);
        const json j = manifestOf(parts);
        Capsule capsule;
        capsule.origin = {field(j, "program", std::string()), field(j, "study", std::string()), {}};
        const json data = j.value("data", json::object());
        for (const auto& [name, hash] : data.items())
            capsule.origin.data[name] = hash.is_string() ? hash.get<std::string>() : "";
        StudyContent& content = capsule.content;
        content.recipe = recipeFrom(parts.at(recipePart));
        readLines(spacesPart, parts.at(spacesPart), [&](const json& line) { readSpace(content, line); });
        readLines(modelsPart, parts.at(modelsPart), [&](const json& line) { readModel(content, line); });
        return capsule;
    } catch (const Error& error) {
        throw Error(path.string() + " cannot be opened: " + error.what() + " Nothing was changed.");
    }
}

StudyContent untrained(StudyContent content)
{
    const auto isImported = [&](SpaceId id) {
        return std::any_of(content.spaces.begin(), content.spaces.end(),
                           [&](const StudySpace& space) { return space.id == id && !space.importedFrom.empty(); });
    };
    for (TrainedModel& trained : content.models) {
        Model& model = trained.model;
        if (isImported(model.space))
            continue;
        trained.epochs.clear();
        model.state = ModelState::waiting;
        model.error = model.errorAtLeast = std::nullopt;
        model.reason.clear();
        model.seconds = model.imagesPerSecond = 0;
        model.finishOrder = 0;
    }
    content.tests.clear();
    return content;
}

std::map<std::string, std::string> dataHashes(const Recipe& recipe)
{
    std::map<std::string, std::string> hashes;
    try {
        const DataSet data = loadDataSet(recipe.data, recipe.trainingImages, recipe.validationImages, recipe.splitSeed);
        const auto add = [&](const std::string& part, const ImageSet& set) {
            const auto hash = [](const auto& values) {
                return sha256({reinterpret_cast<const char*>(values.data()), values.size()});
            };
            set.pixels.expect(0, set.pixels.size());
            hashes[part + " images"] = hash(set.pixels);
            hashes[part + " labels"] = hash(set.labels);
        };
        add("training", data.training);
        add("validation", data.validation);
    } catch (const std::exception&) {
        return {}; // results may be taken along without their images
    }
    return hashes;
}

} // namespace spacewright
