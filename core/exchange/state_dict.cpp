// A zip archive with a pickled dictionary and one entry of numbers per array.
#include "core/exchange/state_dict.h"
#include "core/exchange/pickle.h"

namespace spacewright {

void addTensors(const std::string& folder, const std::vector<NamedArray>& arrays, std::vector<ZipEntry>& entries)
{
    for (std::size_t i = 0; i < arrays.size(); ++i) {
        const std::vector<float>& values = arrays[i].values;
        entries.push_back({folder + "/data/" + std::to_string(i),
                           {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float)}});
    }
}

std::string toStateDict(const ExportedModel& model)
{
    const std::vector<NamedArray>& arrays = model.network.state;
    Pickle pickle;
    pickle.emptyDictionary();
    pickle.mark();
    for (std::size_t i = 0; i < arrays.size(); ++i) {
        pickle.text(arrays[i].name);
        pickle.tensor(arrays[i], std::to_string(i));
    }
    pickle.setItems();
    const std::string data = pickle.take();
    std::vector<ZipEntry> entries{{"weights/data.pkl", data}, {"weights/byteorder", "little"}};
    addTensors("weights", arrays, entries);
    entries.push_back({"weights/version", "3\n"});
    return toZip(entries);
}

} // namespace spacewright
