#!/usr/bin/env python3
"""What tests/device.sh measured, as Markdown for docs/measurements.md: device_figures.py OUT"""
import json
import pathlib
import sys
import xml.etree.ElementTree as xml

out = pathlib.Path(sys.argv[1])
precisions = ("fp32", "tf32", "bf16")


def read(name):
    """The JSON of a file; None where nothing was written."""
    path = out / name
    return json.loads(path.read_text()) if path.exists() and path.stat().st_size else None


def table(header, rows):
    print("| " + " | ".join(header) + " |\n|" + "---|" * len(header))
    for row in rows:
        print("| " + " | ".join("-" if cell is None else str(cell) for cell in row) + " |")
    print()


def bench(network, batch, workers, how):
    rows = read(f"bench/{network} {batch} {workers} {how}.json")
    return {row["name"]: row["value"] for row in rows} if rows else {}


def whole(number):
    return None if number is None else f"{number:,.0f}"


def training():
    names = sorted({path.stem.split()[0] for path in out.glob("bench/*.json")})
    rows = []
    for network in names:
        for batch in (64, 256):
            speed = {(how, w): bench(network, batch, w, how).get("train") for how in precisions for w in (1, 4, 8)}
            rows.append([f"`{network}`", batch, whole(bench(network, batch, 1, "reference").get("train"))]
                        + [whole(speed[how, w]) for how in precisions for w in (1, 4, 8)]
                        + [whole(bench(network, batch, 1, how).get("memory")) for how in ("fp32", "bf16")])
    print("Images per second of `bench train`, by precision and by networks at once; MiB are the GPU memory of one network.\n")
    table(["network", "batch", "reference"] + [f"{how} x {w}" for how in precisions for w in (1, 4, 8)]
          + ["MiB fp32", "MiB bf16"], rows)


def kernels():
    def name(run):
        return run["name"].removeprefix("device/").removesuffix("/real_time")

    runs = (read("kernels.json") or {}).get("benchmarks", [])
    print("Kernels alone (`bench_kernels --benchmark_filter=^device`).\n")
    table(["kernel", "GB/s"], [[f"`{name(run)}`", whole(run.get("GB/s")) or run.get("error_message")] for run in runs])


def errors():
    rows = []
    for how in precisions:
        run, against = read(f"run-{how}.json"), read(f"compare-{how}.json")
        if run:
            rows.append([how, run["finished"], whole(run["images_per_second"])]
                        + ([f"{against['ks']['statistic']:.3f}", f"{against['ks']['p']:.2f}",
                            f"{against['mean_difference']['value']:.2f}"] if against else [None] * 3))
    print("The same networks trained in each precision, against fp32.\n")
    table(["precision", "networks", "images per second", "Kolmogorov-Smirnov", "p", "difference of means, points"], rows)


def agreement():
    tests = list(xml.parse(out / "tests.xml").getroot().iter("testcase"))
    skipped = sum(test.get("status") in ("notrun", "disabled") or test.find("skipped") is not None for test in tests)
    failed = sum(test.find("failure") is not None for test in tests)
    print(f"{len(tests)} tests, {failed} failed, {skipped} skipped.\n")
    table(["golden network", "logits", "loss", "gradients", "two steps"],
          [[pathlib.Path(row["file"]).stem]
           + [f"{row[key]:.1e}" for key in ("logits_error", "loss_error", "gradient_error", "step_error")]
           for row in read("verify.json") or [] if "error" not in row])


print(f"Device: {(out / 'device.txt').read_text().strip()}.\n")
agreement()
training()
kernels()
errors()
