// Writes the images and makes the networks.
#include "synthetic.h"
#include <gtest/gtest.h>
#include <fstream>

namespace spacewright::synthetic {

namespace {

constexpr int size = 8, classes = 4;

void writeNumber(std::ofstream& file, std::uint32_t number)
{
    for (int shift : {24, 16, 8, 0})
        file.put(static_cast<char>(number >> shift));
}

void writeSplit(const std::filesystem::path& images, const std::filesystem::path& labels, int count, Random random)
{
    std::ofstream pixelFile(images, std::ios::binary), labelFile(labels, std::ios::binary);
    writeNumber(pixelFile, 0x803);
    writeNumber(labelFile, 0x801);
    writeNumber(pixelFile, count);
    writeNumber(labelFile, count);
    writeNumber(pixelFile, size);
    writeNumber(pixelFile, size);
    for (int i = 0; i < count; ++i) {
        const int label = i % classes;
        labelFile.put(static_cast<char>(label));
        for (int y = 0; y < size; ++y)
            for (int x = 0; x < size; ++x) {
                const bool bright = (y >= size / 2) * 2 + (x >= size / 2) == label;
                pixelFile.put(static_cast<char>(random.below(100) + (bright ? 100 : 0)));
            }
    }
}

} // namespace

std::filesystem::path writeImages(const Folder& folder)
{
    const std::filesystem::path images = folder / "images";
    std::filesystem::create_directory(images);
    writeSplit(images / "train-images-idx3-ubyte", images / "train-labels-idx1-ubyte", 320, Random(1, 0));
    writeSplit(images / "t10k-images-idx3-ubyte", images / "t10k-labels-idx1-ubyte", 64, Random(1, 1));
    return images;
}

Recipe recipe(const std::filesystem::path& images, int epochs)
{
    Recipe recipe;
    recipe.data = images.string();
    recipe.trainingImages = 0;
    recipe.validationImages = 64;
    recipe.epochs = epochs;
    recipe.batch = 16;
    return recipe;
}

Sample sample(std::int64_t index)
{
    Sample sample;
    sample.index = index;
    Network& network = sample.network;
    network.stem = StemType::cifar;
    network.stemWidth = 8;
    network.inputChannels = 1;
    network.resolution = size;
    network.classes = classes;
    const int width = 8 * static_cast<int>(index + 1);
    network.stages = {{.depth = 1, .width = width, .groupWidth = 4}, {.depth = 2, .width = width, .groupWidth = 8}};
    sample.complexity = complexity(network);
    sample.drawnGroupWidths = {4, 8};
    return sample;
}

} // namespace spacewright::synthetic
