-- A study file as the program of version 2 of the tables wrote it: two spaces, a result, a test, a reused model.
PRAGMA foreign_keys = OFF;
PRAGMA application_id = 1397774162;
PRAGMA user_version = 2;
CREATE TABLE epoch (
    model INTEGER NOT NULL REFERENCES model (id),
    number INTEGER NOT NULL,
    rate REAL,
    training_loss REAL,  -- NULL: not a number
    training_error REAL,
    validation_error REAL,
    seconds REAL,
    PRIMARY KEY (model, number)
) STRICT, WITHOUT ROWID;
INSERT INTO "epoch" VALUES(1,1,0.05,2.5,80.0,75.0,3.0);
CREATE TABLE model (
    id INTEGER PRIMARY KEY,
    space INTEGER NOT NULL REFERENCES space (id),
    sample_index INTEGER NOT NULL,
    network TEXT NOT NULL,  -- JSON
    flops INTEGER NOT NULL,
    params INTEGER NOT NULL,
    acts INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting'
        CHECK (state IN ('waiting', 'running', 'finished', 'diverged', 'failed')),
    owner TEXT,  -- host/process/start of the process that trains it
    error REAL,  -- percent
    reason TEXT NOT NULL DEFAULT '',
    seconds REAL NOT NULL DEFAULT 0,
    images_per_second REAL NOT NULL DEFAULT 0,
    finish_order INTEGER NOT NULL DEFAULT 0,
    UNIQUE (space, sample_index),
    CHECK ((state = 'running') = (owner IS NOT NULL))
) STRICT;
INSERT INTO "model" VALUES(1,1,0,'{"depths":[1,2,2,4],"widths":[32,16,16,16],"bottleneck_ratios":[4,1,1,1],"group_widths":[8,4,16,8],"strides":[2,2,2,2],"kernels":[3,3,3,3],"drawn_group_widths":[16,4,32,8],"stem":"res_stem_cifar","stem_width":16,"block":"res_bottleneck_block","activation":"relu","se_ratio":0.0,"head_width":0,"input_channels":1,"resolution":28,"classes":10,"flops":829738,"params":18586,"acts":44122}',829738,18586,44122,'finished',NULL,20.0,'',3.0,1000.0,1);
INSERT INTO "model" VALUES(2,1,1,'{"depths":[2,10,1,1],"widths":[48,16,40,8],"bottleneck_ratios":[4,1,4,1],"group_widths":[12,8,10,1],"strides":[2,2,2,2],"kernels":[3,3,3,3],"drawn_group_widths":[16,8,16,1],"stem":"res_stem_cifar","stem_width":16,"block":"res_bottleneck_block","activation":"relu","se_ratio":0.0,"head_width":0,"input_channels":1,"resolution":28,"classes":10,"flops":2297562,"params":27982,"acts":86052}',2297562,27982,86052,'waiting',NULL,NULL,'',0.0,0.0,0);
INSERT INTO "model" VALUES(3,2,0,'{"depths":[1,4,1,2],"widths":[72,40,48,64],"bottleneck_ratios":[4,2,2,4],"group_widths":[1,2,1,8],"strides":[2,2,2,2],"kernels":[3,3,3,3],"drawn_group_widths":[1,2,1,8],"stem":"res_stem_cifar","stem_width":16,"block":"res_bottleneck_block","activation":"relu","se_ratio":0.0,"head_width":0,"input_channels":1,"resolution":28,"classes":10,"flops":1764946,"params":30428,"acts":83310}',1764946,30428,83310,'waiting',NULL,NULL,'',0.0,0.0,0);
CREATE TABLE reused (  -- models of other spaces that belong to this one too
    space INTEGER NOT NULL REFERENCES space (id),
    model INTEGER NOT NULL REFERENCES model (id),
    PRIMARY KEY (space, model)
) STRICT, WITHOUT ROWID;
INSERT INTO "reused" VALUES(2,1);
CREATE TABLE space (
    id INTEGER PRIMARY KEY,
    parent INTEGER REFERENCES space (id),
    name TEXT NOT NULL,
    description TEXT NOT NULL,  -- all of it, JSON
    added TEXT NOT NULL,        -- the constraints that narrowed the parent, a JSON list
    note TEXT NOT NULL,
    seed INTEGER NOT NULL,
    next_index INTEGER NOT NULL
) STRICT;
INSERT INTO "space" VALUES(1,NULL,'AnyNetX_A','{"name":"AnyNetX_A","family":"anynet","stages":4,"stride":2,"network":{"activation":"relu","block":"res_bottleneck_block","classes":10,"head_width":0,"input_channels":1,"resolution":28,"se_ratio":0.0,"stem":"res_stem_cifar","stem_width":16},"depth":{"distribution":"log_uniform","high":16.0,"low":1.0,"quantum":1.0},"width":{"distribution":"log_uniform","high":1024.0,"low":8.0,"quantum":8.0},"bottleneck_ratio":{"distribution":"power2_uniform","high":4.0,"low":1.0,"quantum":1.0},"group_width":{"distribution":"power2_uniform","high":32.0,"low":1.0,"quantum":1.0},"constraints":["flops=2e+05:4e+06"]}','[]','',1,2);
INSERT INTO "space" VALUES(2,1,'narrow','{"name":"narrow","family":"anynet","stages":4,"stride":2,"network":{"activation":"relu","block":"res_bottleneck_block","classes":10,"head_width":0,"input_channels":1,"resolution":28,"se_ratio":0.0,"stem":"res_stem_cifar","stem_width":16},"depth":{"distribution":"log_uniform","high":16.0,"low":1.0,"quantum":1.0},"width":{"distribution":"log_uniform","high":1024.0,"low":8.0,"quantum":8.0},"bottleneck_ratio":{"distribution":"power2_uniform","high":4.0,"low":1.0,"quantum":1.0},"group_width":{"distribution":"power2_uniform","high":32.0,"low":1.0,"quantum":1.0},"constraints":["flops=2e+05:4e+06","d=1:64"]}','["d=1:64"]','',2,1);
CREATE TABLE study (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    recipe TEXT NOT NULL,
    finish_order INTEGER NOT NULL DEFAULT 0  -- of the latest result
) STRICT;
INSERT INTO "study" VALUES(1,'{
  "data": "fashion-mnist",
  "training_images": 20000,
  "validation_images": 10000,
  "epochs": 1,
  "batch": 64,
  "rate": 0.05,
  "momentum": 0.9,
  "weight_decay": 5e-05,
  "label_smoothing": 0.0,
  "warmup_epochs": 0,
  "schedule": "per-iteration",
  "score": "last-epoch",
  "augment": false,
  "seed": 1
}',1);
CREATE TABLE test (
    model INTEGER NOT NULL REFERENCES model (id),
    data TEXT NOT NULL,  -- whose test images
    wrong INTEGER NOT NULL,
    images INTEGER NOT NULL,
    PRIMARY KEY (model, data)
) STRICT, WITHOUT ROWID;
INSERT INTO "test" VALUES(1,'fashion-mnist',2000,10000);
CREATE INDEX model_waiting ON model (sample_index, space) WHERE state = 'waiting';
CREATE INDEX model_running ON model (id) WHERE state = 'running';
CREATE INDEX model_done ON model (finish_order) WHERE finish_order > 0;
CREATE INDEX model_counts ON model (space, state);
