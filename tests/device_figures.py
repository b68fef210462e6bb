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


def bench(network, workers, how):
    rows = read(f"bench/{network} {workers} {how}.json")
    return {row["name"]: row["value"] for row in rows} if rows else {}


def whole(number):
    return None if number is None else f"{number:,.0f}"


def training():
    names = sorted({path.stem.split()[0] for path in out.glob("bench/*.json")})
    rows = []
    for network in names:
        rows.append([f"`{network}`", whole(bench(network, 1, "reference").get("train"))]
                    + [whole(bench(network, w, how).get("train")) for how in precisions for w in (1, 4, 8)]
                    + [whole(bench(network, 1, how).get("memory")) for how in ("fp32", "bf16")])
    print("Images per second of `bench train --batch 64`, by precision and by networks at once; MiB are the GPU memory of "
          "one network.\n")
    table(["network", "reference"] + [f"{how} x {w}" for how in precisions for w in (1, 4, 8)]
          + ["MiB fp32", "MiB bf16"], rows)


def kernels():
    """One row for each kernel and type, one column for each shape."""
    rates, shapes = {}, []
    for run in (read("kernels.json") or {}).get("benchmarks", []):
        words = run["name"].removeprefix("device/").removesuffix("/real_time").split("/")
        bf16 = "bf16:1" in words
        shape = " ".join(word.split(":")[-1] for word in words if word[-1].isdigit() and not word.startswith("bf16"))
        kernel = "/".join(word for word in words if not word[-1].isdigit())
        shapes += [shape] if shape not in shapes else []
        rates.setdefault((kernel, bf16), {})[shape] = whole(run.get("GB/s")) or run.get("error_message")
    print("GB/s of kernels alone (`bench_kernels --benchmark_filter=^device`), by size and channels, or by count.\n")
    table(["kernel", "type"] + shapes, [[f"`{kernel}`", "bf16" if bf16 else "fp32"] + [of.get(shape) for shape in shapes]
                                        for (kernel, bf16), of in rates.items()])


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
