#!/usr/bin/env python3
# Trains a study on a real SLURM of two nodes while its faults happen; each time the numbers must be those of an
# undisturbed run. test_slurm.py PROGRAM [FAULT...]; ends with 77 where there can be no SLURM.
import glob
import json
import os
import random
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time

import slurm
from slurm import run, wait_for

MODELS = 6
LEASE = 4


def write_data(folder):
    """16 x 16 images whose classes 0..3 are bright in one quarter each, and noisy."""
    noise = random.Random(5)
    for prefix, count in [("train", 1600), ("t10k", 16)]:
        labels = bytes(i % 4 for i in range(count))
        pixels = bytearray()
        for label in labels:
            for at in range(256):
                bright = 2 * (at // 128) + at % 16 // 8 == label
                pixels.append(min(255, noise.randrange(200) + (14 if bright else 0)))
        with open(f"{folder}/{prefix}-images-idx3-ubyte", "wb") as file:
            file.write(struct.pack(">IIII", 0x803, count, 16, 16) + pixels)
        with open(f"{folder}/{prefix}-labels-idx1-ubyte", "wb") as file:
            file.write(struct.pack(">II", 0x801, count) + labels)


class Tests:
    def __init__(self, program, folder, cluster):
        self.program, self.folder, self.cluster = program, folder, cluster
        self.study = self.bundle = ""

    def cli(self, *words, timeout=120):
        done = subprocess.run([self.program, *words], capture_output=True, text=True, timeout=timeout)
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(words)}: {done.stderr}{done.stdout}")
        return done.stdout

    def prepare(self):
        os.makedirs(f"{self.folder}/data")
        write_data(f"{self.folder}/data")
        seconds = self.train_here("probe", 10)
        # Long enough that a fault meets a training on a machine of any speed.
        self.train_here("whole", max(10, round(10 * 15 / seconds)))
        self.expected = self.numbers(f"{self.folder}/whole.study")

    def train_here(self, name, epochs):
        """A fresh study, and a copy of it that is trained; the seconds."""
        for old in glob.glob(f"{self.folder}/fresh.study*"):
            os.remove(old)
        self.cli("new", f"{self.folder}/fresh.study", "--space", "AnyNetX_A", "--constrain", "d=2:8", "--flops",
                 "100k:600k", "--models", str(MODELS), "--data", f"{self.folder}/data", "--training-images", "1200",
                 "--validation-images", "400", "--epochs", str(epochs), "--seed", "3")
        shutil.copy(f"{self.folder}/fresh.study", f"{self.folder}/{name}.study")
        start = time.time()
        self.cli("run", f"{self.folder}/{name}.study", "--workers", "2")
        return time.time() - start

    @staticmethod
    def numbers(study):
        with sqlite3.connect(study) as file:
            return (file.execute("SELECT id, state, error, error_at_least FROM model ORDER BY id").fetchall(),
                    file.execute("SELECT model, number, training_loss, validation_error FROM epoch ORDER BY 1, 2")
                    .fetchall())

    def submit(self, name, *options, place=None, tasks=2, before=lambda study: None):
        self.study = f"{self.folder}/{name}.study"
        self.bundle = f"{place or self.folder}/{name}.bundle"
        shutil.copy(f"{self.folder}/fresh.study", self.study)
        before(self.study)
        answer = self.cli("cluster", "submit", self.study, "--bundle", self.bundle, "--tasks", str(tasks), "--lease",
                          str(LEASE), "--time", "30", "--partition", "test", "--json", *options)
        self.job = json.loads(answer)["job"]

    def status(self):
        return json.loads(self.cli("cluster", "status", self.study, "--bundle", self.bundle, "--json"))[0]

    def wait_for_results(self, n, seconds=240):
        """Counted in the journals: SLURM is not asked."""
        def results():
            found = set()
            for path in glob.glob(self.bundle + "/*/*/journal.jsonl"):
                with open(path, errors="replace") as file:
                    found |= {line.split('"model":')[1].split(",")[0] for line in file if '"kind":"result"' in line}
            return len(found)
        wait_for(f"{n} results", lambda: results() >= n, seconds)

    def wait_for_elements(self, n=2):
        wait_for("the elements", lambda: len(glob.glob(self.bundle + "/*/*/journal.jsonl")) >= n)
        time.sleep(1.0)

    def resume_if_needed(self):
        wait_for("an end", lambda: (state := self.status())["needs_resume"] or state["results"] == MODELS, 240, 1)
        if self.status()["needs_resume"]:
            self.cli("cluster", "resume", self.study, "--bundle", self.bundle)
        self.wait_for_results(MODELS)

    def collect(self):
        return json.loads(self.cli("cluster", "collect", self.study, "--bundle", self.bundle, "--json"))[0]

    def check(self):
        report = self.collect()
        assert report["open"] == 0 and report["differing"] == [] and report["no_weights"] == 0, report
        assert self.numbers(self.study) == self.expected, "the numbers differ from the undisturbed run's"
        return report

    # The faults.

    def undisturbed(self):
        self.submit("undisturbed 100%j")  # a name that a shell and SLURM could misread
        self.wait_for_results(2)
        self.collect()  # while it runs
        self.wait_for_results(MODELS)
        assert self.check()["identical"] == 0
        assert subprocess.run(["sacct"], capture_output=True).returncode != 0  # there is no accounting in all of this

    def preempted_and_requeued(self):
        self.submit("preempted")
        self.wait_for_elements()
        run("sbatch", "--partition=urgent", "--nodes=2", "--exclusive", "--time=1",
            "--output=/dev/null", "--wrap", "sleep 3")
        self.wait_for_results(MODELS)
        assert glob.glob(self.bundle + "/*/*-1"), "no element was started again"
        self.check()

    def node_down(self):
        self.submit("down")
        self.wait_for_elements()
        run("scontrol", "update", "nodename=n1", "state=down", "reason=test")
        self.wait_for_results(MODELS)
        self.check()

    def split_brain(self):
        """The node's daemon is gone, its job runs on, and SLURM starts the job again."""
        self.submit("split")
        self.wait_for_elements()
        self.cluster.kill("n1")
        self.cluster.kill("n2")
        self.cluster.start_node("n2")
        self.wait_for_results(MODELS)
        self.check()

    def same_shards_trained_twice(self):
        """A copy of an element that nobody knows of trains what the element trains, and both write."""
        self.submit("twice", tasks=1)
        self.wait_for_elements(1)
        copy = subprocess.Popen([self.program, "cluster", "work", self.bundle, "--job", self.job, "--restart", "9"],
                                stderr=subprocess.DEVNULL)  # as a restart it takes over what the element has
        self.wait_for_results(MODELS)
        copy.wait(60)
        wait_for("the end of the element", lambda: self.status()["running"] == 0)
        assert self.check()["identical"] > 0

    def controller_killed(self):
        self.submit("controller")
        self.wait_for_elements()
        self.cluster.kill("slurmctld")
        assert self.status()["queue_problem"]
        self.cluster.start_controller()
        self.resume_if_needed()
        self.check()

    def controller_forgot_everything(self):
        """The jobs are gone, and their numbers are given to others."""
        self.submit("forgot")
        self.wait_for_elements()
        self.cluster.kill("slurmctld")
        shutil.rmtree(self.cluster.folder + "/state")
        os.makedirs(self.cluster.folder + "/state")
        self.cluster.start_controller()
        for _ in range(int(self.job)):
            run("sbatch", "--hold", "--job-name=another", "--wrap", "true")
        assert self.status()["pending"] == 0, "another's job was taken for ours"
        self.resume_if_needed()
        self.check()

    def told_before_the_time_limit(self):
        self.submit("told")
        self.wait_for_elements()
        run("scancel", "--batch", "--signal=USR1", self.job)
        self.wait_for_results(MODELS)
        assert glob.glob(self.bundle + "/*/*-1"), "no element asked for another turn"
        self.check()

    def told_before_the_time_limit_in_a_container(self):
        """In which there is neither SLURM nor its environment."""
        self.submit("contained", "--container", "env -i PATH=/nowhere HOME=" + self.folder)
        self.wait_for_elements()
        run("scancel", "--batch", "--signal=USR1", self.job)
        self.wait_for_results(MODELS)
        assert glob.glob(self.bundle + "/*/*-1"), "no element asked for another turn"
        self.check()

    def program_missing_on_the_nodes(self):
        """Nothing of the program runs, so that it can say nothing: the log is what there is."""
        self.submit("missing", "--program", "/nowhere/spacewright-cli")
        wait_for("an end", lambda: self.status()["needs_resume"])
        problems = " ".join(self.status()["problems"])
        assert "/nowhere/spacewright-cli: No such file" in problems and self.bundle + "/logs/" in problems, problems
        with open(self.bundle + "/job.sbatch") as file:
            script = file.read()
        with open(self.bundle + "/job.sbatch", "w") as file:
            file.write(script.replace("/nowhere/spacewright-cli", self.program))
        self.resume_if_needed()
        self.check()

    def resumed_and_cancelled_when_slurm_has_forgotten_the_first_job(self):
        self.submit("forgotten")
        self.wait_for_elements()
        run("scancel", self.job)
        wait_for("SLURM to forget", lambda: subprocess.run(["scontrol", "show", "job", self.job],
                                                           capture_output=True).returncode != 0)
        self.cli("cluster", "resume", self.study, "--bundle", self.bundle)
        self.wait_for_results(1)
        self.cli("cluster", "cancel", self.study, "--bundle", self.bundle)
        self.cli("run", self.study, "--workers", "2")
        assert self.numbers(self.study) == self.expected

    def time_limit(self):
        self.submit("limit")
        self.wait_for_elements()
        for element in range(2):
            run("scontrol", "update", f"jobid={self.job}_{element}", "EndTime=now+1")
        self.resume_if_needed()
        self.check()

    def waiting_elements_cancelled(self):
        self.submit("waiting", tasks=8)
        run("scancel", "--state=PENDING", self.job)
        self.wait_for_elements(1) if run("squeue", "-h", "-j", self.job, check=False) else None
        self.resume_if_needed()
        self.check()

    def disk_full(self):
        place = self.folder + "/small"
        os.makedirs(place)
        run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", place)
        try:
            self.submit("full", place=place)
            self.wait_for_elements()
            with open(place + "/filler", "wb", buffering=0) as file:
                try:
                    while True:
                        file.write(bytes(4096))
                except OSError:
                    pass
            time.sleep(8)
            os.remove(place + "/filler")
            self.resume_if_needed()
            self.check()
        finally:
            self.cluster.clear()
            run("umount", place)

    def clocks_differ(self):
        self.submit("clocks")
        self.wait_for_elements()
        end = time.time() + 6
        while time.time() < end:
            for i, path in enumerate(glob.glob(self.bundle + "/attempts/*/*")):
                try:
                    os.utime(path, (1e9 * (1 + i % 3), 1e9 * (1 + i % 3)))
                except OSError:
                    pass
            time.sleep(0.1)
        run("scontrol", "requeue", f"{self.job}_0", check=False)
        self.resume_if_needed()
        self.check()

    def stepd_killed(self):
        self.submit("stepd")
        self.wait_for_elements()
        for process in self.cluster.stepds("n1")[:1]:
            os.kill(process, signal.SIGKILL)
        self.resume_if_needed()
        self.check()

    def element_killed(self):
        self.submit("killed")
        self.wait_for_elements()
        for node in slurm.NODES:
            for stepd in self.cluster.stepds(node)[:1]:
                for process in slurm.descendants(stepd):
                    os.kill(process, signal.SIGKILL)
                break
        self.resume_if_needed()
        self.check()

    def begin_here(self, study):
        """Two models are begun, and wait again."""
        training = subprocess.Popen([self.program, "run", study, "--workers", "2"], stdout=subprocess.DEVNULL)
        wait_for("two models to begin", lambda: len({model for model, *_ in self.numbers(study)[1]}) == 2)
        training.send_signal(signal.SIGINT)
        training.wait()

    def begun_here_cancelled_and_finished_here(self):
        self.submit("cancelled", before=self.begin_here)

        def begun():
            return sum(int(line.split(",")[1].split()[0]) for log in glob.glob(self.bundle + "/logs/*")
                       for line in open(log) if line.startswith("Shard"))
        wait_for("both to go on there", lambda: begun() == 2, 240)
        self.wait_for_results(1)
        self.cli("cluster", "cancel", self.study, "--bundle", self.bundle)
        assert run("squeue", "-h", "-j", self.job, check=False) == ""
        waiting = {id for id, state, *_ in self.numbers(self.study)[0] if state == "waiting"}
        for file in glob.glob(self.bundle + "/*/*/checkpoint-*"):
            id = int(file.split("-")[-1].split(".")[0])
            weights = f"{self.study}.weights/{id}.safetensors"
            assert id not in waiting or os.path.exists(weights), f"{weights} did not come back"
        self.cli("run", self.study, "--workers", "2")
        assert self.numbers(self.study) == self.expected


FAULTS = ["undisturbed", "preempted_and_requeued", "node_down", "split_brain", "same_shards_trained_twice",
          "controller_killed", "told_before_the_time_limit", "told_before_the_time_limit_in_a_container",
          "program_missing_on_the_nodes", "resumed_and_cancelled_when_slurm_has_forgotten_the_first_job", "time_limit", "waiting_elements_cancelled", "disk_full",
          "clocks_differ", "stepd_killed", "element_killed", "begun_here_cancelled_and_finished_here",
          "controller_forgot_everything"]


def main():
    program = os.path.abspath(sys.argv[1])
    if slurm.missing():
        print("skipped, no SLURM here: " + slurm.missing())
        return 77
    folder = tempfile.mkdtemp(prefix="spacewright-slurm-")
    os.chmod(folder, 0o755)  # munge wants that everybody reaches its socket
    cluster = slurm.Cluster(folder + "/slurm")
    failed = []
    try:
        try:
            cluster.start()
        except Exception as problem:  # such as a kernel without what slurmd wants
            print(f"skipped, SLURM does not start here: {problem}")
            return 77
        tests = Tests(program, folder, cluster)
        tests.prepare()
        for fault in sys.argv[2:] or FAULTS:
            start = time.time()
            try:
                getattr(tests, fault)()
                print(f"{fault}: passed, {time.time() - start:.0f} s", flush=True)
            except Exception as problem:
                failed.append(fault)
                print(f"{fault}: FAILED, {problem!r}", flush=True)
            finally:
                cluster.clear()
    finally:
        cluster.stop()
        if not failed:
            shutil.rmtree(folder, ignore_errors=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
