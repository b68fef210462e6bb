// Which part a space plays in the paper's figures, seen from its constraints, never from its name.
#pragma once
#include "core/figures/parts.h"
#include <functional>

namespace spacewright {

/// Spaces that are drawn, not lists of networks.
bool isAnyNet(const Space&);
bool isRegNet(const Space&);
/// The constraints but limits of flops, params and activations, which all spaces of a study may share.
std::vector<Constraint> restrictions(const Space&);
/// The restrictions' text forms, "shared b, b=1:2"; empty for none. Two spaces of one family with the same text play
/// the same part.
std::string restrictionText(const Space&);
bool has(const Space&, Constraint::Kind, const std::string& parameter);
/// 'A' to 'E' of an AnyNet with exactly the restrictions of AnyNetX_A to E, else 0.
char anyNetLetter(const Space&);
/// "increasing", "constant" or "decreasing" where widths ("w") or depths ("d") have such a constraint, else none.
std::optional<Constraint::Kind> orderOf(const Space&, const std::string& parameter);

std::vector<Shown> those(const std::vector<Shown>&, const std::function<bool(const Space&)>&);
/// The largest group of those that share stem, block, activation, data and number of stages, so that only what
/// restricts them differs.
std::vector<Shown> mostAlike(const std::vector<Shown>&);
/// The name is followed by what the space is restricted to: "RegNetX-refined: b=1, d=:40".
Shown withRestrictions(Shown);
/// Throws Error: the figure needs spaces that are not there, or that have no results yet; `how` says how to make them.
[[noreturn]] void needs(const std::string& figure, const std::string& spaces, const std::string& how);

} // namespace spacewright
