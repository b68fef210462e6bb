// A network from a file.
#include "app/cli/network_file.h"
#include "core/exchange/golden_json.h"
#include "core/exchange/network_json.h"
#include "core/exchange/pycls_yaml.h"
#include "core/exchange/yaml_json.h"
#include "core/whole_file.h"

namespace spacewright {

Sample networkIn(const std::string& path)
{
    const std::string text = readWhole(path, longestYaml);
    if (isGolden(text)) {
        Sample sample;
        sample.network = networkFromGolden(text);
        sample.complexity = complexity(sample.network);
        return sample;
    }
    const std::size_t start = text.find_first_not_of(" \t\r\n"); // our own JSON begins with a brace, YAML does not
    return start != std::string::npos && text[start] == '{' ? sampleFrom(text) : sampleFromPyclsYaml(text);
}

} // namespace spacewright
