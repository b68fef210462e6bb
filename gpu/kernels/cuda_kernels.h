// The entries of `cudaKernels()`, each defined in the .cu file beside its host version.
#pragma once
#include "gpu/kernels/device_kernels.h"

namespace spacewright::cuda {

void gather(const BatchSource&, const BatchItem* items, int count, float* out, const Launch&);
int sumEntries(std::int64_t count, int channels);
void batchSums(const BatchSums&, const Launch&);
void normalise(const Normalise&, const Launch&);
void gradientSums(const GradientSums&, const Launch&);
void gradient(const NormaliseGradient&, const Launch&);
void finishStatistics(const FinishStatistics&, const Launch&);
void useRunningStatistics(const UseRunningStatistics&, const Launch&);
void finishGradient(const FinishGradient&, const Launch&);
void crossEntropy(const CrossEntropy&, const Launch&);
void sgd(const SgdStep&, const Launch&);
void scale(const Excite&, float* y, const Launch&);
void factorGradient(const Excite&, const float* dy, float* dfactors, const Launch&);
void scaleBackward(const Excite&, const float* dpooled, float* dx, const Launch&);

} // namespace spacewright::cuda
