#!/usr/bin/env python3
# The default study trained half on this machine and half on the two-node test cluster, of which a node fails in the
# middle; then held against the same study trained here alone. Some minutes, so no part of ctest.
# Usage: half_here.py SPACEWRIGHT_CLI
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

import slurm
from test_slurm import Tests, run


class Half(Tests):
    def models(self, study):
        return json.loads(self.cli("status", study, "--json"))["counts"]

    def train(self):
        whole, half = f"{self.folder}/whole.study", f"{self.folder}/half.study"
        self.cli("new", half, "--default")
        shutil.copy(half, whole)
        n = sum(self.models(half).values())
        self.study, self.bundle = half, f"{self.folder}/half.bundle"
        self.cli("cluster", "submit", half, "--bundle", self.bundle, "--models", str(n // 2), "--tasks", "2", "--lease",
                 "30", "--time", "60", "--partition", "test")
        here = subprocess.Popen([self.program, "run", half, "--workers", "1"], stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL)
        self.wait_for_results(n // 8, 3000)
        run("scontrol", "update", "nodename=n1", "state=down", "reason=test")
        print(f"node n1 down after {self.status()['results']} of {n // 2} results", flush=True)
        self.wait_for_results(n // 2, 3000)
        if here.wait() != 0:
            raise RuntimeError("run ended with an error")
        report = self.collect()
        print(f"collected: {json.dumps(report)}", flush=True)
        print(f"counts: {json.dumps(self.models(half))}", flush=True)
        print(self.cli("edf", half), flush=True)
        print("the same study here alone", flush=True)
        self.cli("run", whole, "--workers", "2", timeout=3000)
        different = [a for a, b in zip(*(self.numbers(study)[0] for study in (half, whole))) if a != b]
        print(f"{n} models, {len(different)} with another result than here alone", flush=True)
        return not different


def main():
    folder = tempfile.mkdtemp(prefix="spacewright-half-")
    os.chmod(folder, 0o755)  # munge wants that everybody reaches its socket
    cluster = slurm.Cluster(folder + "/slurm")
    start = time.time()
    try:
        cluster.start()
        same = Half(os.path.abspath(sys.argv[1]), folder, cluster).train()
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{time.time() - start:.0f} s")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
