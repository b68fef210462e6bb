// Trains a study with one worker and prints a line for every epoch: the process that test_worker and test_isolated
// kill.
#include "gpu/isolated/helper.h"
#include "gpu/engine.h"
#include <future>
#include <iostream>

using namespace spacewright;

int main(int count, char** arguments)
{
    if (const std::optional<int> code = helperMain(count, arguments))
        return *code;
    std::promise<void> ended;
    const auto engine =
        startEngine({.study = arguments[1], .workers = 1, .isolated = count > 2}, [&](const Event& event) {
            if (std::holds_alternative<EpochDone>(event))
                std::cout << "epoch" << std::endl;
            if (const auto* stopped = std::get_if<WorkerStopped>(&event); stopped && stopped->last)
                ended.set_value();
        });
    ended.get_future().wait();
}
