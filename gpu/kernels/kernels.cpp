// Chooses the kernels of an instruction set.
#include "gpu/kernels/kernels.h"
#include "gpu/kernels/lines_ahead.h"

namespace spacewright {

constinit thread_local LinesAhead linesAhead;

/// Each kernel's file defines its own row, once per instruction set.
#define DECLARE_KERNELS(set)                                                                                           \
    namespace set {                                                                                                    \
    extern const ActivationKernels activationKernels;                                                                  \
    extern const ConvolutionKernels convolutionKernels;                                                                \
    extern const CrossEntropyKernels crossEntropyKernels;                                                              \
    extern const GroupConvolutionKernels groupConvolutionKernels;                                                      \
    extern const LinearKernels linearKernels;                                                                          \
    extern const MatrixKernels matrixKernels;                                                                          \
    extern const NormalisationKernels normalisationKernels;                                                            \
    extern const PeakKernels peakKernels;                                                                              \
    extern const PoolKernels poolKernels;                                                                              \
    extern const SgdKernels sgdKernels;                                                                                \
    extern const SqueezeExciteKernels squeezeExciteKernels;                                                            \
    extern const StemConvolutionKernels stemConvolutionKernels;                                                        \
    constexpr Kernels all{activationKernels,                                                                           \
                          crossEntropyKernels,                                                                         \
                          groupConvolutionKernels,                                                                     \
                          linearKernels,                                                                               \
                          normalisationKernels,                                                                        \
                          peakKernels,                                                                                 \
                          poolKernels,                                                                                 \
                          sgdKernels,                                                                                  \
                          squeezeExciteKernels,                                                                        \
                          stemConvolutionKernels,                                                                      \
                          {matrixKernels, convolutionKernels}};                                                        \
    }

DECLARE_KERNELS(plain)
#ifdef SPACEWRIGHT_X86
DECLARE_KERNELS(avx2)
DECLARE_KERNELS(avx512)
namespace avx512_bf16 {
extern const MatrixKernels bfloatMatrixKernels;
}
#endif

std::vector<InstructionSet> availableInstructionSets()
{
    std::vector<InstructionSet> result{InstructionSet::plain};
#ifdef SPACEWRIGHT_X86
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        result.push_back(InstructionSet::avx2);
    if (result.size() == 2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
        result.push_back(InstructionSet::avx512);
#endif
    return result;
}

const Kernels& kernels(InstructionSet set)
{
#ifdef SPACEWRIGHT_X86
    if (set == InstructionSet::avx512)
        return avx512::all;
    if (set == InstructionSet::avx2)
        return avx2::all;
#endif
    (void)set;
    return plain::all;
}

const ProductKernels* bfloatProducts()
{
#ifdef SPACEWRIGHT_X86
    static constexpr ProductKernels products{avx512_bf16::bfloatMatrixKernels, avx512::convolutionKernels};
    if (availableInstructionSets().back() == InstructionSet::avx512 && __builtin_cpu_supports("avx512bf16"))
        return &products;
#endif
    return nullptr;
}

const Kernels& kernels()
{
    static const Kernels& best = kernels(availableInstructionSets().back());
    return best;
}

} // namespace spacewright
