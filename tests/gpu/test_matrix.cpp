// Products of long, narrow matrices against their definition.
#include "tests/gpu/kernel_test.h"

using namespace spacewright;

namespace {

struct Shape {
    int rows, inner, columns;
};
// Widths that fill vectors, halves of vectors and single lanes; rows that fill tiles and some that do not.
constexpr Shape shapes[] = {{1, 1, 1},   {3, 5, 7},     {29, 16, 8},   {40, 8, 16},   {50, 24, 24},  {131, 40, 40},
                            {57, 9, 56}, {300, 33, 48}, {64, 64, 130}, {13, 128, 64}, {140, 72, 100}};

class Matrix : public KernelTest {};

TEST_P(Matrix, multipliesByAMatrixAndByATransposedOne)
{
    for (const auto& [rows, inner, columns] : shapes)
        for (bool transposed : {false, true}) {
            const std::vector<float> a = random(rows * inner), b = random(inner * columns);
            const MatrixView view = transposed ? MatrixView{b.data(), 1, inner} : MatrixView{b.data(), columns, 1};
            std::vector<double> c(rows * columns);
            for (int row = 0; row < rows; ++row)
                for (int column = 0; column < columns; ++column)
                    for (int i = 0; i < inner; ++i)
                        c[row * columns + column] +=
                            static_cast<double>(a[row * inner + i]) * b[i * view.rowStep + column * view.columnStep];
            std::vector<float> packed = spoiled(k.products.matrix.packedFloats(inner, columns));
            std::vector<float> actual = spoiled(c.size());
            k.products.matrix.pack(inner, columns, view, packed.data());
            k.products.matrix.multiply(rows, inner, columns, a.data(), packed.data(), actual.data());
            expectClose(actual, c, 2e-6);
        }
}

TEST_P(Matrix, multipliesATransposedMatrixAndAdds)
{
    for (const auto& [rows, height, columns] : shapes) {
        const std::vector<float> a = random(rows * height), b = random(rows * columns), old = random(height * columns);
        for (bool add : {false, true}) {
            std::vector<double> c(height * columns);
            for (int i = 0; i < height; ++i)
                for (int j = 0; j < columns; ++j) {
                    double& sum = c[i * columns + j];
                    sum = add ? old[i * columns + j] : 0;
                    for (int row = 0; row < rows; ++row)
                        sum += static_cast<double>(a[row * height + i]) * b[row * columns + j];
                }
            std::vector<float> actual = add ? old : spoiled(c.size());
            k.products.matrix.multiplyTransposed(rows, height, columns, a.data(), b.data(), add, actual.data());
            expectClose(actual, c, 2e-6);
        }
    }
}

FOR_EACH_INSTRUCTION_SET(Matrix);

} // namespace
