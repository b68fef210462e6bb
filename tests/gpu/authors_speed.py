"""Training speed of the authors' pycls beside this engine's, in alternation: images per second of whole steps.

PYTHONPATH=PYCLS python3 tests/gpu/authors_speed.py CLI NETWORK.json... needs a checkout of pycls and torch; CLI is
spacewright-cli. Each round measures pycls as shipped, pycls with channels_last and `bench train`; a line shows the
medians of the speeds and of the rounds' ratios. With one thread seconds are processor time, so it may run on a busy
machine; with two they are the clock's, and the engine has two workers.
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import time

import torch
from pycls.core.config import cfg
from pycls.core.net import SoftCrossEntropyLoss, smooth_one_hot_labels
from pycls.core.optimizer import construct_optimizer
from pycls.models.anynet import AnyNet
from pycls.models.blocks import conv2d

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("cli")
parser.add_argument("networks", nargs="+", type=pathlib.Path)
parser.add_argument("--batches", nargs="+", type=int, default=[16, 64, 128, 256])
parser.add_argument("--threads", type=int, choices=[1, 2], default=1)
parser.add_argument("--rounds", type=int, default=3)
parser.add_argument("--seconds", type=float, default=1.0)
arguments = parser.parse_args()


class Training:
    """One model with its optimiser and a batch of random images."""

    def __init__(self, network, batch, memory_format):
        model = AnyNet({
            "stem_type": network["stem"], "stem_w": network["stem_width"], "block_type": network["block"],
            "depths": network["depths"], "widths": network["widths"], "strides": network["strides"],
            "bot_muls": [1 / b for b in network["bottleneck_ratios"]], "group_ws": network["group_widths"],
            "head_w": 0, "se_r": 0, "num_classes": network["classes"]})
        model.stem.conv = conv2d(network["input_channels"], network["stem_width"], 3)  # pycls builds it for colours
        size = network["resolution"]
        self.batch = batch
        self.images = torch.randn(batch, network["input_channels"], size, size).to(memory_format=memory_format)
        self.labels = smooth_one_hot_labels(torch.arange(batch) % network["classes"])
        self.model = model.to(memory_format=memory_format).train()
        self.loss = SoftCrossEntropyLoss()
        self.optimizer = construct_optimizer(self.model)

    def step(self):
        loss = self.loss(self.model(self.images), self.labels)
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()

    def images_per_second(self, seconds):
        now = time.process_time if arguments.threads == 1 else time.perf_counter
        self.step()
        steps, start = 0, now()
        while now() - start < seconds:
            self.step()
            steps += 1
        return steps * self.batch / (now() - start)


def engine(network, batch, seconds):
    command = [arguments.cli, "bench", "train", "--json", "--network", network, "--batch", batch,
               "--workers", arguments.threads, "--seconds", seconds]
    output = subprocess.run([str(part) for part in command], capture_output=True, check=True, text=True)
    row = {row["name"]: row["value"] for row in json.loads(output.stdout)}
    return row["train_core" if arguments.threads == 1 else "train"], row["peak_share"]


torch.set_num_threads(arguments.threads)
cfg.OPTIM.BASE_LR, cfg.OPTIM.NESTEROV = 0.01, True
print("| network | batch | as shipped | channels_last | engine | share of peak, % | / as shipped | / channels_last |")
print("|---|---|---|---|---|---|---|---|")
for path in arguments.networks:
    network = json.loads(path.read_text())
    cfg.MODEL.NUM_CLASSES = network["classes"]
    for batch in arguments.batches:
        shipped, channels_last = (Training(network, batch, f) for f in (torch.contiguous_format, torch.channels_last))
        rounds = [(shipped.images_per_second(arguments.seconds), channels_last.images_per_second(arguments.seconds),
                   *engine(path, batch, arguments.seconds)) for _ in range(arguments.rounds)]
        speeds = [round(statistics.median(column)) for column in zip(*rounds)]
        ratios = [statistics.median(row[2] / row[i] for row in rounds) for i in (0, 1)]
        print(f"| `{path.stem}` | {batch} |", *(f"{value:,} |" for value in speeds), *(f"{value:.1f} |" for value in ratios),
              flush=True)
