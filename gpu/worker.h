// READ FIRST. The background thread that trains: claim -> train -> record -> say so.
//
//   claim   the study gives this worker the waiting model whose turn it is (core/schedule/turn.h; one transaction: no
//           two workers get the same)
//   train   trainer.h, one network on one device; before every batch the crew is asked whether to go on
//   record  each epoch and the result go into the study, the weights into a checkpoint beside it
//   say so  events on this thread; whoever listens takes them to his own
//
// Workers on one GPU share its memory: a model is claimed when the forecast (core/schedule/memory_forecast.h) has room
// for it beside the others. Where memory runs out all the same, the model waits for another one to end, and if it was
// alone its batches are split, or on a CPU it is tried a few times more. A network that cannot be trained even so is a
// failed model, which keeps its checkpoint, and the worker takes the next one. What keeps the study or a checkpoint
// from being written for now (a full disk) makes the worker wait with all it has learned (worker_study.h); what cannot
// pass ends it with a sentence, after giving its model back.
#pragma once
#include "gpu/crew.h"

namespace spacewright {

/// The body of one thread. Throws nothing; a problem becomes the text of its WorkerStopped.
void work(Crew&, int worker);

} // namespace spacewright
