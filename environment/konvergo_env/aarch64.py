"""A Java of the other common processor, run by an emulator: Debian's arm64 packages under qemu-user.

Nothing of the system is changed: apt works in a folder of its own, with the sources and keys that
the system has, so that the packages are those of Debian's signed index; they are only unpacked.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from pathlib import Path

from . import project
from .console import step

PACKAGES = ["openjdk-17-jre-headless", "libc6", "libgcc-s1", "libstdc++6", "zlib1g"]
EMULATORS = ["qemu-aarch64-static", "qemu-aarch64"]
KEYS = Path("/usr/share/keyrings/debian-archive-keyring.gpg")


class Missing(Exception):
    """Why there is no emulated Java here."""


def java() -> tuple[list[str], str]:
    """The command that starts the emulated Java, and its version. Fetches it once."""
    if platform.machine() in ("aarch64", "arm64"):
        raise Missing("this machine is aarch64 itself")
    emulator = next((found for name in EMULATORS if (found := shutil.which(name))), None)
    if emulator is None:
        raise Missing("no qemu-user (Debian, Ubuntu: sudo apt-get install qemu-user-static)")
    folder = project.cache() / "aarch64"
    with project.lock(folder / ".lock", busy="Another process fetches the aarch64 JDK ({pid}).", wait=True):
        root = folder / "root"
        if not (folder / "packages.txt").is_file():
            fetch(folder, root)
        home = next((root / "usr/lib/jvm").glob("java-*-openjdk-arm64"), None)
    if home is None:
        raise Missing(f"{root} holds no JDK; remove {folder} to fetch it again")
    versions = (folder / "packages.txt").read_text()
    version = versions.split(PACKAGES[0] + "_", 1)[1].split("+", 1)[0]
    return [emulator, "-L", str(root), str(home / "bin" / "java")], version


def fetch(folder: Path, root: Path) -> None:
    """Downloads the packages with apt, which checks them against the signed index, and unpacks them."""
    for tool in ("apt-get", "dpkg-deb"):
        if shutil.which(tool) is None:
            raise Missing(f"the JDK is taken from Debian's packages, and there is no {tool}")
    state = folder / "apt"
    shutil.rmtree(state, ignore_errors=True)
    shutil.rmtree(root, ignore_errors=True)
    for name in ("lists/partial", "cache/archives/partial", "debs"):
        (state / name).mkdir(parents=True)
    (state / "status").touch()
    project.write(state / "sources.list", sources())
    apt = [
        "apt-get", "-qq", "-o", f"Dir::State={state}", "-o", f"Dir::State::status={state / 'status'}",
        "-o", f"Dir::Cache={state / 'cache'}", "-o", f"Dir::Etc::sourcelist={state / 'sources.list'}",
        "-o", "Dir::Etc::sourceparts=/dev/null", "-o", "Dir::Etc::preferencesparts=/dev/null",
        "-o", "APT::Architecture=arm64", "-o", "APT::Architectures=arm64", "-o", "Acquire::Languages=none",
        "-o", "Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false",
        *(["-o", "APT::Sandbox::User=root"] if os.geteuid() == 0 else []),
    ]  # fmt: skip
    with step("Fetching Debian's aarch64 JDK for the emulator (about 60 MB, once)"):
        run([*apt, "update"], state)
        run([*apt, "download", *PACKAGES], state / "debs")
        packages = sorted((state / "debs").glob("*.deb"))
        for package in packages:
            run(["dpkg-deb", "-x", str(package), str(root)], state)
        shutil.rmtree(state)
        project.write(folder / "packages.txt", "".join(package.name + "\n" for package in packages))


def sources() -> str:
    """The system's own Debian sources, for the other architecture."""
    form = "$(REPO_URI) $(CODENAME) $(COMPONENT) $(ORIGIN)"
    command = ["apt-get", "indextargets", "--format", form, "Created-By: Packages"]
    listed = subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()
    signed = f" signed-by={KEYS}" if KEYS.is_file() else ""
    lines = []
    for words in map(str.split, listed):
        if len(words) == 4 and words[3] == "Debian" and words[2] == "main":
            line = f"deb [arch=arm64{signed}] {words[0]} {words[1]} {words[2]}\n"
            lines += [line] if line not in lines else []
    if not lines:
        raise Missing(
            "the JDK is taken from Debian's packages, and apt has no index of them (apt-get update)"
        )
    return "".join(lines)


def run(command: list[str], folder: Path) -> None:
    """Runs a tool; its failure is a reason why there is nothing."""
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if result.returncode:
        said = (result.stderr or result.stdout).strip().splitlines()
        raise Missing(f"{command[0]} failed: {said[-1] if said else result.returncode}")
