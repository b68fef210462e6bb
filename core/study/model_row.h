// A row of the table `model` as a value, shared by what reads the study and by the queue.
#pragma once
#include "core/study/sqlite.h"
#include "core/study/study.h"

namespace spacewright {

/// Of a row of the table: whether it is lent.
inline const std::string isLent = "coalesce(owner GLOB '" + std::string(borrowerPrefix) + "*', 0)";
inline const std::string modelColumns = "id, space, sample_index, network, state, error, reason, seconds, "
                                        "images_per_second, finish_order, error_at_least, is_next, space_priority, " +
                                        isLent;
/// What follows "FROM model" for those that wait and are not set aside, in the queue's order.
inline constexpr const char* inQueue = " WHERE state = 'waiting' AND space NOT IN (SELECT space FROM set_aside) "
                                       "AND id NOT IN (SELECT model FROM set_aside_model) "
                                       "ORDER BY is_next DESC, space_priority DESC, sample_index, space";

/// The model of the current row of a statement that selects (or returns) `modelColumns`.
Model modelFrom(const Statement&);
/// Of a row with id, parent, description, added, note, seed, next_index, whether it is set aside, priority, and the
/// file that its models came from.
StudySpace spaceFrom(const Statement&);
/// Adds a space within the caller's transaction, under the id if one is wanted. Throws Error as `check` does.
SpaceId insertSpace(Database&, const StudySpace&, std::optional<SpaceId> wanted = std::nullopt);
/// Adds all spaces, models and tests under their ids, within the caller's transaction.
void insertContent(Database&, const StudyContent&);
/// Adds waiting models within the caller's transaction, and moves the space's `next_index` on.
std::vector<ModelId> insertModels(Database&, SpaceId, const std::vector<Sample>&, std::int64_t nextIndex);
/// Within the caller's transaction; replaces an epoch of the same number.
void putEpoch(Database&, ModelId, const Epoch&);
ModelState modelStateFrom(const std::string&);

} // namespace spacewright
