// Files that are broken or made to do harm: one sentence that names the file, exit code not 0, and nothing is made.
#include "program.h"
#include <gtest/gtest.h>
#include <filesystem>
#include <fstream>
#include <vector>

namespace {

namespace fs = std::filesystem;

struct BadInput {
    std::string what;    ///< for the message of a failure
    std::string command; ///< with @ for the folder
    std::vector<std::string> said;
};

class CliBadInput : public testing::Test {
protected:
    void SetUp() override
    {
        m_folder.writeDataSet();
        const std::string images = contents(m_folder / "train-images-idx3-ubyte");
        for (const char* name : {"cut", "kind"})
            fs::create_directory(m_folder / name);
        for (const char* part :
             {"train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"})
            for (const char* name : {"cut", "kind"})
                fs::copy(m_folder / part, m_folder / name / part);
        fs::remove(m_folder / "cut/train-images-idx3-ubyte");
        // gzip's ten bytes and a stored block that promises more than follows
        m_folder.write("cut/train-images-idx3-ubyte.gz",
                       std::string("\x1f\x8b\x08\0\0\0\0\0\0\x03\x01\x10\x27\xef\xd8", 15) + images.substr(0, 400));
        m_folder.write("kind/train-images-idx3-ubyte", contents(m_folder / "train-labels-idx1-ubyte"));
        m_folder.write("label.csv", "label,a,b,c,d\n1,1,2,3,4\n300,1,2,3,4\n");
        fs::create_directories(m_folder / "one_class/cats");
        m_folder.write("one_class/cats/a.png", "no picture");
        m_folder.write("unknown.yaml", "name: x\ndeepth: 3\n");
        m_folder.write("type.yaml", "name: x\nstages: four\n");
        std::string anchors = "name: x\na0: &a0 [" + std::string(2000, 'x') + "]\n";
        for (int i = 1; i < 10; ++i) {
            anchors += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
            for (int j = 0; j < 10; ++j)
                anchors += (j ? ", *a" : "*a") + std::to_string(i - 1);
            anchors += "]\n";
        }
        m_folder.write("anchors.yaml", anchors);
        std::ofstream(m_folder / "long.yaml") << "name: " << std::string(40 << 20, 'x') << "\n";
        m_folder.write("none.json", "[]");
        m_folder.write("foreign.study", "SQLite format 3");
        m_folder.write("text.npz", "no archive");
    }
    std::string here(std::string text) const
    {
        for (std::size_t at = text.find('@'); at != std::string::npos; at = text.find('@', at))
            text.replace(at, 1, m_folder.path().string());
        return text;
    }

    Folder m_folder;
};

TEST_F(CliBadInput, isRefusedWithASentenceThatNamesTheFile)
{
    const std::vector<BadInput> inputs{
        {"a gz that is cut off", "doctor @/cut", {"train-images-idx3-ubyte.gz", "ends too early"}},
        {"labels in the place of images", "doctor @/kind", {"train-images-idx3-ubyte", "wrong first four bytes"}},
        {"a label out of range", "doctor @/label.csv", {"label.csv", "line 3", "\"300\" as its label"}},
        {"a folder of one class", "doctor @/one_class", {"one_class", "only one class, cats"}},
        {"a field that nobody knows", "sample --space @/unknown.yaml", {"unknown.yaml", "\"deepth\" is no field"}},
        {"a word for a number", "sample --space @/type.yaml", {"type.yaml", "\"stages\" must be a whole number"}},
        {"anchors that explode", "sample --space @/anchors.yaml", {"anchors.yaml", "aliases"}},
        {"40 MB of a name", "sample --space @/long.yaml", {"long.yaml", "more than 16 MiB"}},
        {"the same as a recipe", "new @/made.study --space AnyNetX_A --recipe @/long.yaml", {"long.yaml", "16 MiB"}},
        {"the same as a network", "complexity @/long.yaml", {"long.yaml", "16 MiB"}},
        {"no run at all", "import @/none.json @/made.study", {"none.json", "no model"}},
        {"a study that is none", "status @/foreign.study", {"foreign.study"}},
        {"a text called npz", "doctor @/text.npz", {"text.npz", "zip"}},
        {"a folder as a space", "sample --space @", {}},
    };
    for (const BadInput& input : inputs) {
        SCOPED_TRACE(input.what);
        const Result result = cli(here(input.command));
        EXPECT_NE(result.code, 0);
        EXPECT_LT(result.code, 100) << "ended by a signal";
        EXPECT_FALSE(result.err.empty());
        const std::string all = result.out + result.err; // doctor's findings are its output
        EXPECT_LT(all.size(), 2000u);
        for (const std::string& part : input.said)
            EXPECT_NE(all.find(part), std::string::npos) << all;
        EXPECT_FALSE(fs::exists(m_folder / "made.study"));
    }
}

} // namespace
