// Options, orders and events as JSON.
#include "gpu/isolated/wire.h"
#include <nlohmann/json.hpp>

namespace nlohmann {

/// A list of one or none: null is a number that is not finite.
template <typename T>
struct adl_serializer<std::optional<T>> {
    static void to_json(json& j, const std::optional<T>& value) { j = value ? json::array({*value}) : json::array(); }
    static void from_json(const json& j, std::optional<T>& value)
    {
        value = j.empty() ? std::nullopt : std::optional(j.at(0).get<T>());
    }
};

template <>
struct adl_serializer<std::chrono::steady_clock::time_point> {
    using Time = std::chrono::steady_clock::time_point;
    static void to_json(json& j, const Time& time) { j = time.time_since_epoch().count(); }
    static void from_json(const json& j, Time& time) { time = Time(Time::duration(j.get<Time::rep>())); }
};

} // namespace nlohmann

namespace spacewright {

using nlohmann::json;

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(EngineOptions, otherWorkers, device, reference, models, share, seconds, stopHopeless,
                                   background)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Orders, paused, stopped, share, otherWorkers, deadline)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Epoch, number, rate, trainingLoss, trainingError, validationError, seconds)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ModelStarted, worker, id, space, sampleIndex)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(BatchDone, worker, id, epoch, epochs, batch, batches, imagesPerSecond, loss)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(EpochDone, worker, id, epoch)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ModelDone, worker, id, state, error, reason)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(MemoryWasFull, worker, id, device, parts)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(WaitsForDisk, worker, id, sentence)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(GoesOn, worker)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(DoesNotFit, worker, id, space, seconds, secondsLeft)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(HelperEnded, worker, id, sentence)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(WorkerStopped, worker, problem, last)

namespace {

std::string lineOf(const json& j)
{
    // Reasons may hold file names that are no text.
    return j.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
}

void restoreNumbers(json& j, int levels)
{
    if (j.is_null())
        j = std::numeric_limits<double>::quiet_NaN();
    else if (j.is_structured() && levels > 0) // no words have more
        for (json& one : j)
            restoreNumbers(one, levels - 1);
}

template <std::size_t... Kind>
Event eventFrom(std::size_t kind, const json& fields, std::index_sequence<Kind...>)
{
    std::optional<Event> event;
    ((kind == Kind ? void(event = fields.get<std::variant_alternative_t<Kind, Event>>()) : void()), ...);
    return event.value();
}

} // namespace

std::string toLine(const EngineOptions& options)
{
    return lineOf(options);
}

std::string toLine(const Orders& orders)
{
    return lineOf(orders);
}

std::string toLine(const Ready& ready)
{
    return lineOf({{"devices", ready.devices}});
}

std::string toLine(const Alive&)
{
    return lineOf(json::object());
}

std::string toLine(const Event& event)
{
    return lineOf({{"kind", event.index()}, {"event", std::visit([](const auto& e) { return json(e); }, event)}});
}

EngineOptions optionsFrom(const std::string& line)
{
    return json::parse(line).get<EngineOptions>();
}

Orders ordersFrom(const std::string& line)
{
    return json::parse(line).get<Orders>();
}

std::variant<Ready, Alive, Event> wordsFrom(const std::string& line)
{
    json j = json::parse(line);
    if (j.contains("devices"))
        return Ready{j.at("devices")};
    if (j.empty())
        return Alive{};
    restoreNumbers(j, 4);
    return eventFrom(j.at("kind"), j.at("event"), std::make_index_sequence<std::variant_size_v<Event>>());
}

} // namespace spacewright
