// The planned list: segments, pieces, and memory that is shared by buffers which never live at the same time.
#include "gpu/compiled/program.h"
#include <gtest/gtest.h>
#include <algorithm>

using namespace spacewright::compiled;

namespace {

constexpr std::size_t large = 1 << 15; // floats for each image: a few images fill a piece

/// Every value of the piece becomes `value` + the image's number.
Operation fill(const Buffer& to, float value)
{
    return [&to, value](Images images) {
        for (int i = 0; i < images.count; ++i)
            std::fill_n(to.at(images.first) + i * to.floats, to.floats, value + static_cast<float>(images.first + i));
    };
}

/// Counts the images in which not every value is `value` + the image's number.
Operation expect(const Buffer& from, float value, int& wrong)
{
    return [&from, value, &wrong](Images images) {
        for (int i = 0; i < images.count; ++i) {
            const float* values = from.at(images.first) + i * from.floats;
            const float expected = value + static_cast<float>(images.first + i);
            wrong += !std::all_of(values, values + from.floats, [&](float v) { return v == expected; });
        }
    };
}

TEST(Program, runsEachSegmentPieceByPieceThroughTheBatch)
{
    Program program;
    Buffer& x = program.buffer(large);
    std::vector<Images> pieces, wholes;
    program.add(fill(x, 0), {&x});
    program.add([&](Images images) { pieces.push_back(images); }, {&x});
    program.addWhole([&](Images images) { wholes.push_back(images); }, {});
    program.plan(30);
    for (int batch : {30, 7}) {
        pieces.clear();
        wholes.clear();
        program.run(batch);
        EXPECT_GT(pieces.size(), 1u);
        int next = 0;
        for (const Images& piece : pieces) {
            EXPECT_EQ(piece.first, next);
            next += piece.count;
            EXPECT_EQ(piece.last, next == batch);
        }
        EXPECT_EQ(next, batch);
        ASSERT_EQ(wholes.size(), 1u);
        EXPECT_EQ(wholes[0].first, 0);
        EXPECT_EQ(wholes[0].count, batch);
    }
}

TEST(Program, keepsEveryBufferUntilItsLastReader)
{
    constexpr int count = 24, images = 20;
    Program program;
    int wrong = 0;
    std::vector<const Buffer*> buffers;
    for (int i = 0; i < count; ++i)
        buffers.push_back(&program.buffer(large / (1 + i % 3)));
    for (int i = 0; i < count; ++i) { // each is read in its own segment and again three segments later
        program.add(fill(*buffers[i], 100.0f * static_cast<float>(i)), {buffers[i]});
        program.add(expect(*buffers[i], 100.0f * static_cast<float>(i), wrong), {buffers[i]});
        program.addWhole([](Images) {}, {});
        if (i >= 3)
            program.add(expect(*buffers[i - 3], 100.0f * static_cast<float>(i - 3), wrong), {buffers[i - 3]});
    }
    program.plan(images);
    for (int batch : {images, 3}) {
        program.run(batch);
        EXPECT_EQ(wrong, 0);
    }
    std::size_t all = 0;
    for (const Buffer* buffer : buffers)
        all += buffer->floats * images * sizeof(float);
    EXPECT_LT(program.arenaBytes(), all / 2);
}

TEST(Program, holdsOnePieceOfWhatLivesWithinASegment)
{
    Program program;
    int wrong = 0;
    const Buffer &a = program.buffer(large), &b = program.buffer(large);
    program.add(fill(a, 1), {&a});
    program.add(fill(b, 2), {&b});
    program.add(expect(a, 1, wrong), {&a});
    program.add(expect(b, 2, wrong), {&b});
    program.plan(64);
    program.run(64);
    EXPECT_EQ(wrong, 0);
    EXPECT_LT(program.arenaBytes(), 16 * large * sizeof(float));
}

} // namespace
