// NumPy's archives of arrays: images and labels by name.
#pragma once
#include "core/data/data_files.h"

namespace spacewright {

/// x_train, y_train, x_test, y_test (Keras); train_images, train_labels, test_images, val_images ... (MedMNIST);
/// images, labels; x, y. Images are 8-bit (N, H, W), (N, H, W, 1|3) or (N, 1|3, H, W); labels whole numbers 0..255, (N)
/// or (N, 1). Throws Error naming file and array for anything else; Python objects are never read.
bool isNpz(const std::filesystem::path&);
DataFiles readNpz(const std::filesystem::path&, const ReadOptions&);

} // namespace spacewright
