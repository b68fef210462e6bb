// A figure as JSON.
#include "core/exchange/figure_json.h"
#include <nlohmann/json.hpp>

namespace spacewright {
namespace {

using Json = nlohmann::ordered_json;

Json jsonOf(const Axis& axis)
{
    static constexpr const char* scales[]{"linear", "log2", "log10"};
    return {
        {"name", axis.quantity.name}, {"unit", axis.quantity.unit}, {"scale", scales[static_cast<int>(axis.scale)]}};
}

Json jsonOf(const std::vector<Point>& points)
{
    Json list = Json::array();
    for (const Point& point : points)
        list.push_back(Json::array({point.x, point.y}));
    return list;
}

Json jsonOf(const Series& series)
{
    static constexpr const char* kinds[]{"line", "points", "band"};
    static constexpr const char* inks[]{"space", "best", "band", "others"};
    Json json{{"name", series.name},
              {"kind", kinds[static_cast<int>(series.kind)]},
              {"ink", inks[static_cast<int>(series.ink)]},
              {"points", jsonOf(series.points)}};
    if (series.kind == Series::Kind::band)
        json["upper"] = jsonOf(series.upper);
    return json;
}

Json jsonOf(const Panel& panel)
{
    Json series = Json::array();
    for (const Series& one : panel.series)
        series.push_back(jsonOf(one));
    Json best;
    if (panel.best)
        best = {{"low", panel.best->low}, {"best", panel.best->best}, {"high", panel.best->high}};
    return {{"title", panel.title}, {"x", jsonOf(panel.x)}, {"y", jsonOf(panel.y)}, {"series", series}, {"best", best}};
}

} // namespace

std::string toJson(const Figure& figure)
{
    Json panels = Json::array();
    for (const Panel& panel : figure.panels)
        panels.push_back(jsonOf(panel));
    // The name of a study need not be UTF-8; JSON must.
    return Json{{"figure", figure.name}, {"caption", figure.caption}, {"panels", panels}}.dump(
        -1, ' ', false, Json::error_handler_t::replace);
}

} // namespace spacewright
