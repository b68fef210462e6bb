// READ FIRST. The background thread that trains: claim -> train -> record -> say so.
//
//   claim   the study gives this worker the waiting model whose turn it is (core/schedule/turn.h; one transaction: no
//           two workers get the same)
//   train   trainer.h, one network on one device; before every batch the crew is asked whether to go on
//   record  each epoch and the result go into the study, the weights into a checkpoint beside it
//   say so  events on this thread; whoever listens takes them to his own
//
// A network that cannot be trained (no memory) is a failed model, and the worker takes the next one. What keeps the
// study from being written (a full disk) ends the worker with a sentence, after giving its model back.
#pragma once
#include "gpu/crew.h"

namespace spacewright {

/// The body of one thread. Throws nothing; a problem becomes the text of its WorkerStopped.
void work(Crew&, int worker);

} // namespace spacewright
