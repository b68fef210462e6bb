// Products in bfloat16 against products of rounded factors in double precision.
#include "core/design/random.h"
#include "tests/gpu/kernel_test.h"
#include <bit>

using namespace spacewright;

namespace {

/// To the nearest number of 8 significant bits, ties to even.
float rounded(float value)
{
    const auto bits = std::bit_cast<std::uint32_t>(value);
    return std::bit_cast<float>((bits + 0x7fff + (bits >> 16 & 1)) & 0xffff0000);
}

class BfloatMatrix : public testing::Test {
protected:
    void SetUp() override
    {
        if (!bfloatProducts())
            GTEST_SKIP() << "this processor has no bfloat16 arithmetic";
    }
    std::vector<float> random(int count)
    {
        std::vector<float> result(count);
        for (float& value : result)
            value = static_cast<float>(2 * m_random.uniform() - 1);
        return result;
    }

    Random m_random{7, 1};
    struct Shape {
        int rows, inner, columns;
    };
    // Odd and even sizes, below and beyond what is rounded or summed at once.
    static constexpr Shape shapes[] = {{1, 1, 1},   {3, 5, 7},     {29, 16, 8},   {131, 40, 24},
                                       {57, 9, 56}, {300, 33, 48}, {64, 65, 130}, {140, 200, 100}};
    static constexpr double bound = 4e-6; // of sums in floats
};

TEST_F(BfloatMatrix, multipliesRoundedFactors)
{
    for (const auto& [rows, inner, columns] : shapes)
        for (bool transposed : {false, true}) {
            const MatrixKernels& kernels = bfloatProducts()->matrix;
            const std::vector<float> a = random(rows * inner), b = random(inner * columns);
            const MatrixView view = transposed ? MatrixView{b.data(), 1, inner} : MatrixView{b.data(), columns, 1};
            std::vector<double> c(rows * columns);
            for (int i = 0; i < rows * columns * inner; ++i) {
                const int row = i / inner / columns, column = i / inner % columns, k = i % inner;
                c[i / inner] += static_cast<double>(rounded(a[row * inner + k])) *
                                rounded(b[k * view.rowStep + column * view.columnStep]);
            }
            std::vector<float> packed = spoiled(kernels.packedFloats(inner, columns)), actual = spoiled(c.size());
            kernels.pack(inner, columns, view, packed.data());
            kernels.multiply(rows, inner, columns, a.data(), packed.data(), actual.data());
            expectClose(actual, c, bound);
        }
}

TEST_F(BfloatMatrix, multipliesARoundedTransposedMatrixAndAdds)
{
    for (const auto& [rows, height, columns] : shapes)
        for (bool add : {false, true}) {
            const std::vector<float> a = random(rows * height), b = random(rows * columns);
            std::vector<float> actual = add ? random(height * columns) : spoiled(height * columns);
            std::vector<double> c(actual.begin(), actual.end());
            for (int i = 0; i < height * columns; ++i) {
                c[i] = add ? c[i] : 0;
                for (int row = 0; row < rows; ++row)
                    c[i] += static_cast<double>(rounded(a[row * height + i / columns])) *
                            rounded(b[row * columns + i % columns]);
            }
            bfloatProducts()->matrix.multiplyTransposed(rows, height, columns, a.data(), b.data(), add, actual.data());
            expectClose(actual, c, bound);
        }
}

} // namespace
