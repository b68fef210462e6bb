#!/usr/bin/env python3
# A SLURM of two nodes on the loopback of this machine, for tests: start and stop it, and make its faults.
# slurm.py start FOLDER | stop FOLDER     (start prints the SLURM_CONF to export)
import os
import shutil
import signal
import socket
import subprocess
import sys
import time

NEEDED = ["slurmctld", "slurmd", "sbatch", "squeue", "scancel", "scontrol", "munged", "unshare"]
NODES = ["n1", "n2"]
CONTROLLER_PORT = 17917

CONF = """
ClusterName=spacewright
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={port}
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket={folder}/munge/socket,cred_expire=5
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool/%n
SlurmctldPidFile={folder}/run/slurmctld.pid
SlurmdPidFile={folder}/run/%n.pid
SlurmctldLogFile={folder}/log/slurmctld.log
SlurmdLogFile={folder}/log/%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=batch_sched_delay=0,sched_min_interval=0,bf_interval=1,sched_interval=1
PriorityType=priority/basic
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
AccountingStorageType=accounting_storage/none
JobRequeue=1
MinJobAge=10
SlurmdParameters=config_overrides
SlurmdTimeout=3
SlurmctldTimeout=10
MessageTimeout=4
ReturnToService=2
KillWait=2
MailProg=/bin/true
{nodes}
PartitionName=test Nodes=n1,n2 Default=YES MaxTime=INFINITE PriorityTier=1 PreemptMode=REQUEUE GraceTime=6
PartitionName=urgent Nodes=n1,n2 MaxTime=INFINITE PriorityTier=10 PreemptMode=OFF
"""


def missing():
    """Why there can be no cluster here; empty when there can."""
    os.environ["PATH"] += ":/usr/sbin:/sbin"
    programs = [name for name in NEEDED if not shutil.which(name)]
    if programs:
        return "not installed: " + ", ".join(programs) + " (packages slurm-wlm and munge)"
    return "" if os.geteuid() == 0 else "SLURM's daemons need root here"


def run(*words, check=True, timeout=30):
    return subprocess.run(words, check=check, timeout=timeout, capture_output=True, text=True).stdout


def wait_for(what, condition, seconds=60, every=0.2):
    end = time.time() + seconds
    while not condition():
        if time.time() > end:
            raise TimeoutError(f"{what} did not come in {seconds} s")
        time.sleep(every)


def descendants(process):
    found = []
    for task in os.listdir(f"/proc/{process}/task") if os.path.exists(f"/proc/{process}/task") else []:
        with open(f"/proc/{process}/task/{task}/children") as file:
            for child in file.read().split():
                found += [int(child)] + descendants(int(child))
    return found


class Cluster:
    def __init__(self, folder):
        self.folder = os.path.abspath(folder)
        os.environ["SLURM_CONF"] = f"{self.folder}/slurm.conf"
        # SLURM listens where the host's name leads: in a UTS namespace of its own that is the loopback.
        name = socket.gethostname().split(".")[0]
        try:
            self.is_loopback = socket.gethostbyname(name).startswith("127.")
        except OSError:
            self.is_loopback = False
        self.host = name if self.is_loopback else "localhost"

    def start(self):
        for sub in ["munge", "state", "spool/n1", "spool/n2", "run", "log"]:
            os.makedirs(f"{self.folder}/{sub}", exist_ok=True)
        os.chmod(self.folder, 0o755)
        os.chmod(f"{self.folder}/munge", 0o711)
        nodes = "\n".join(f"NodeName={node} NodeHostname={self.host} NodeAddr=127.0.0.1 Port={CONTROLLER_PORT + i + 1} "
                          f"CPUs=1 State=UNKNOWN" for i, node in enumerate(NODES))
        with open(f"{self.folder}/slurm.conf", "w") as file:
            file.write(CONF.format(host=self.host, port=CONTROLLER_PORT, folder=self.folder, nodes=nodes))
        with open(f"{self.folder}/cgroup.conf", "w") as file:
            file.write("CgroupAutomount=no\n")
        key = f"{self.folder}/munge/key"
        with open(os.open(key, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(os.urandom(1024))
        at = f"{self.folder}/munge"
        self.daemon("munged", f"--socket={at}/socket", f"--key-file={key}", f"--pid-file={self.folder}/run/munged.pid",
                    f"--log-file={self.folder}/log/munged.log", f"--seed-file={at}/seed", "--num-threads=2")
        self.start_controller()
        for node in NODES:
            self.start_node(node)
        wait_for("idle nodes", self.nodes_are_idle)

    def daemon(self, *words):
        if not self.is_loopback and words[0] != "munged":
            words = ["unshare", "--uts", "sh", "-c", 'hostname localhost; exec "$@"', "sh", *words]
        with open(f"{self.folder}/log/start.log", "a") as log:
            subprocess.run(words, check=True, timeout=30, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def nodes_are_idle(self):
        states = run("sinfo", "-h", "-p", "test", "-N", "-o", "%N %t", check=False).split("\n")
        for line in states:
            if line.endswith((" drain", " down")):
                run("scontrol", "update", "nodename=" + line.split()[0], "state=resume", check=False)
        return sum(line.endswith(" idle") for line in states) == len(NODES)

    def process(self, name):
        try:
            with open(f"{self.folder}/run/{name}.pid") as file:
                process = int(file.read())
            with open(f"/proc/{process}/cmdline") as file:
                return process if self.folder in file.read() else None
        except (OSError, ValueError):
            return None

    def kill(self, name, how=signal.SIGKILL):
        process = self.process(name)
        if process:
            os.kill(process, how)
            wait_for(f"the end of {name}", lambda: self.process(name) is None, 10, 0.05)

    def start_controller(self):
        self.daemon("slurmctld", "-f", f"{self.folder}/slurm.conf")
        wait_for("slurmctld", lambda: "is UP" in run("scontrol", "ping", check=False), 20)

    def start_node(self, node):
        if not self.process(node):
            self.daemon("slurmd", "-f", f"{self.folder}/slurm.conf", "-N", node)

    def stepds(self, node):
        """slurmstepd processes of a node: they are told by the log file that they have open."""
        found = []
        for process in filter(str.isdigit, os.listdir("/proc")):
            try:
                if "slurmstepd" in os.readlink(f"/proc/{process}/exe"):
                    files = [os.readlink(f"/proc/{process}/fd/{fd}") for fd in os.listdir(f"/proc/{process}/fd")]
                    if f"{self.folder}/log/{node}.log" in files:
                        found.append(int(process))
            except OSError:
                pass
        return found

    def clear(self):
        """No job is left, and both nodes are idle."""
        for node in NODES:
            self.start_node(node)
        run("scancel", "--user=root", check=False)
        run("scancel", "--signal=KILL", "--full", "--user=root", check=False)
        try:
            wait_for("idle nodes", self.nodes_are_idle, 40)
        finally:
            for node in NODES:
                self.kill_jobs(node)

    def kill_jobs(self, node):
        for stepd in self.stepds(node):
            for process in descendants(stepd) + [stepd]:
                try:
                    os.kill(process, signal.SIGKILL)
                except OSError:
                    pass

    def stop(self):
        run("scancel", "--user=root", check=False)
        for node in NODES:
            self.kill(node)
            self.kill_jobs(node)
        self.kill("slurmctld")
        self.kill("munged", signal.SIGTERM)


if __name__ == "__main__":
    if missing():
        sys.exit(missing())
    cluster = Cluster(sys.argv[2])
    getattr(cluster, {"start": "start", "stop": "stop"}[sys.argv[1]])()
    print(f"export SLURM_CONF={cluster.folder}/slurm.conf")
