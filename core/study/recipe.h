// How the networks of a study are trained: the values of METHOD section 4 as one value.
#pragma once
#include <cstdint>
#include <string>

namespace spacewright {

struct Sample;

/// What convolutions compute in. Parameters, sums and statistics are always fp32.
enum class Precision { fp32, tf32, bf16 };
std::string toText(Precision);

struct Recipe {
    enum class Schedule { perIteration, perEpoch }; ///< when the half-period cosine is evaluated
    enum class Score { lastEpoch, bestEpoch };      ///< which validation error is a model's error
    std::string data = "fashion-mnist";             ///< a name, or files in a form of core/data/formats.h
    int trainingImages = 20000;                     ///< 0: all that are not for validation
    int validationImages = 10000;
    std::uint64_t splitSeed = 0; ///< draws the images that validate; 0 keeps an official order where there is one
    int epochs = 1;
    int batch = 64;
    double rate = 0.05;    ///< of SGD at the start of the cosine
    double momentum = 0.9; ///< Nesterov
    double weightDecay = 5e-5;
    double labelSmoothing = 0;
    int warmupEpochs = 0; ///< factor 0.1 .. 1, linear
    Schedule schedule = Schedule::perIteration;
    Score score = Score::lastEpoch;
    bool augment = false; ///< flip with 0.5, pad by 4 and random crop
    Precision precision = Precision::fp32;
    std::uint64_t seed = 1; ///< of initial weights and of the order of images, together with the model's id

    bool operator==(const Recipe&) const = default;
};

/// The recipe of one sample: with the rate and the weight decay that were drawn for it.
Recipe recipeOf(const Sample&, Recipe);

/// JSON text with every field; reading throws Error naming the field that is wrong. Unknown fields are an error,
/// those left out have their default.
std::string toJson(const Recipe&);
Recipe recipeFrom(const std::string& json);
/// Throws Error naming the first value that is out of range.
void check(const Recipe&);

} // namespace spacewright
