"""Prepares what the notebooks need: Python packages, the library, the Java kernel, the data.

Every step has a fingerprint of what it was made from, so a step whose inputs did not change is
skipped, and a setup that was interrupted goes on where it stopped. Standard library only.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import data, project
from .console import step
from .project import ENVIRONMENT, KERNEL, SHARE, VENV, Problem

STATE = SHARE / "setup.json"
REQUIREMENTS = ENVIRONMENT / "requirements.txt"
DEBIAN_PACKAGES = "python3-venv python3-nbclient python3-jupyter-client jupyter-notebook"
JAVA_MINIMUM = 17

DESCRIPTION = """\
Prepares everything the notebooks need, and does nothing where nothing is to do:
a virtual environment in environment/.venv with JupyterLab and the Java kernel,
the library, the kernel "Java (Konvergo)" (in that environment only), and the
data sets that are fetched. Nothing outside this folder and the data cache is touched.
"""
EPILOG = """\
Needs a JDK 17 or newer (JAVA_HOME or PATH), Maven, and Python 3.10 or newer with venv.

exit codes: 0 ready; 2 wrong usage; 3 something is missing or failed, and the message says what
"""


def parser() -> argparse.ArgumentParser:
    """The command line."""
    result = argparse.ArgumentParser(
        prog="environment/setup",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    result.add_argument(
        "--kernel",
        nargs="+",
        metavar=("NAME", "PATH"),
        help="the kernel to use: jjava (default), or ijava with the folder or jar of an original "
        "IJava distribution; remembered until changed",
    )
    result.add_argument(
        "--library-built",
        action="store_true",
        help="take the library's jars from lib/*/target as they are (for use inside mvn verify)",
    )
    result.add_argument(
        "--system-jupyter",
        action="store_true",
        help="use the system's Jupyter packages instead of downloading them; the report is left "
        "out where Sphinx, MyST-NB or Furo are not installed",
    )
    return result


@dataclass(frozen=True)
class Jdk:
    """A Java development kit."""

    home: Path
    version: str

    @property
    def java(self) -> str:
        """Its launcher."""
        return str(self.home / "bin" / "java")


def find_jdk() -> Jdk:
    """The JDK in JAVA_HOME, else the one whose java is on the PATH."""
    how = (
        f"A JDK {JAVA_MINIMUM} or newer is needed: set JAVA_HOME or put its java on the PATH.\n"
        "Debian, Ubuntu: sudo apt-get install openjdk-17-jdk-headless.  macOS: brew install openjdk."
    )
    if os.environ.get("JAVA_HOME"):
        home = Path(os.environ["JAVA_HOME"])
        where = f"JAVA_HOME is {home}"
    else:
        java = shutil.which("java")
        if not java:
            raise Problem(f"There is no java on the PATH.\n{how}")
        home = Path(java).resolve().parent.parent
        where = f"the java on the PATH is in {home}"
    if not (home / "bin" / "javac").is_file():
        raise Problem(f"{where}, which is not a JDK: it has no bin/javac.\n{how}")
    version = java_version(home)
    if int(re.split(r"\D", version)[0]) < JAVA_MINIMUM:
        raise Problem(f"{where}, which is Java {version}.\n{how}")
    return Jdk(home, version)


def java_version(home: Path) -> str:
    """The version of the Java in a folder; 0 if it does not say."""
    release = home / "release"
    match = re.search(r'JAVA_VERSION="([^"]+)"', release.read_text()) if release.is_file() else None
    if match is None:
        shown = subprocess.run([home / "bin/java", "-version"], capture_output=True, text=True, check=False)
        match = re.search(r'version "([^"]+)"', shown.stderr)
    return match.group(1) if match else "0"


def jdk_at(home: Path) -> Jdk | None:
    """The JDK in a folder, if there is one that is new enough."""
    if not (home / "bin" / "javac").is_file() or not (home / "bin" / "java").is_file():
        return None
    version = java_version(home)
    return Jdk(home, version) if int(re.split(r"\D", version)[0]) >= JAVA_MINIMUM else None


def log_file(name: str) -> Path:
    """Where the output of a tool is kept."""
    folder = project.home() / "target" / "setup"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{name}.log"


def run_logged(name: str, command: list[str], **options: Any) -> tuple[bool, str, Path]:
    """Runs a tool, its output into a log. Returns success, the output, and the log's place."""
    log = log_file(name)
    with log.open("wb") as file:
        result = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT, check=False, **options
        )
    return result.returncode == 0, log.read_text(errors="replace"), log


def tail(text: str, lines: int = 15) -> str:
    """The last lines of a tool's output, indented."""
    return "\n".join("  " + line for line in text.strip().splitlines()[-lines:])


class Setup:
    """One run of setup over the state that the last one left."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.state: dict[str, Any] = project.read_json(STATE) or {}
        self.jdk = find_jdk()
        if options.kernel:
            self.kernel = [options.kernel[0], *(str(Path(p).resolve()) for p in options.kernel[1:])]
        else:
            self.kernel = self.state.get("kernel", {}).get("choice", ["jjava"])

    def done(self, name: str, key: str) -> bool:
        """Whether a step was made from exactly this."""
        return self.state.get(name, {}).get("key") == key

    def record(self, name: str, key: str, **more: Any) -> None:
        """Notes that a step is finished."""
        self.state[name] = {"key": key, **more}
        project.write_json(STATE, self.state)

    # Python packages

    def python(self) -> None:
        """The virtual environment."""
        system = self.options.system_jupyter or self.state.get("python", {}).get("system", False)
        key = project.fingerprint([REQUIREMENTS, platform.python_version(), f"system={system}"])
        if (VENV / "bin" / "python").exists() and self.done("python", key):
            return
        base = getattr(sys, "_base_executable", sys.executable)
        works = (
            subprocess.run(
                [VENV / "bin" / "python", "-m", "pip", "--version"], capture_output=True, check=False
            )
            if (VENV / "bin" / "python").exists()
            else None
        )
        if works is None or works.returncode != 0 or system:
            self.make_venv(base, system)
        if system:
            self.check_system_jupyter()
        else:
            with step("Installing the Python packages (about 140 MB, a minute or two)"):
                self.pip()
        self.state.pop("kernel", None)
        self.record("python", key, system=system)

    def make_venv(self, base: str, system: bool) -> None:
        """An empty virtual environment, in place of one that does not work."""
        shutil.rmtree(VENV, ignore_errors=True)
        self.state.clear()
        command = [base, "-m", "venv", *(["--system-site-packages"] if system else []), str(VENV)]
        good, output, _ = run_logged("venv", command)
        if not good:
            shutil.rmtree(VENV, ignore_errors=True)
            raise Problem(
                "Python cannot make a virtual environment here.\n"
                "Debian, Ubuntu: sudo apt-get install python3-venv.\n" + tail(output, 6)
            )

    def pip(self) -> None:
        """The pinned packages. What pip had fetched before an interruption it does not fetch again."""
        command = [
            str(VENV / "bin" / "python"), "-m", "pip", "install", "--disable-pip-version-check",
            "--no-input", "--progress-bar=off", "--require-hashes", "-r", str(REQUIREMENTS),
        ]  # fmt: skip
        good, output, log = run_logged("pip", command)
        if good:
            return
        if re.search(r"do not match the hashes|THESE PACKAGES DO NOT MATCH", output):
            raise Problem(
                "A Python package is not the one that was pinned (its hash differs), so it was not\n"
                f"installed. Run environment/setup again; if it stays so, do not trust the source.\n"
                f"{tail(output)}\nThe whole output: {log}"
            )
        if re.search(r"Max retries|connection|resolve|unreachable|timed out|No matching dist", output, re.I):
            text = (
                "The Python packages could not be downloaded: the package index was not reached, or the\n"
                "download broke off. What came is kept; run environment/setup again to go on."
            )
            if shutil.which("apt-get"):
                text += (
                    "\nWhere only Debian's packages can be reached, use Debian's Jupyter and a Java kernel\n"
                    f"at hand:\n  sudo apt-get install {DEBIAN_PACKAGES}\n"
                    "  environment/setup --system-jupyter --kernel ijava PATH"
                )
            raise Problem(f"{text}\nThe whole output: {log}")
        raise Problem(f"The Python packages could not be installed.\n{tail(output)}\nThe whole output: {log}")

    def check_system_jupyter(self) -> None:
        """Whether the system's packages suffice to run notebooks."""
        probe = "import nbclient, nbformat, jupyter_client"
        if subprocess.run([VENV / "bin/python", "-c", probe], capture_output=True, check=False).returncode:
            shutil.rmtree(VENV, ignore_errors=True)
            raise Problem(
                "The system has no Jupyter that could be used.\n"
                f"Debian, Ubuntu: sudo apt-get install {DEBIAN_PACKAGES}"
            )

    # The library

    def library(self) -> Path:
        """The folder with the library's jars, built if the sources changed."""
        root = project.ENVIRONMENT.parent
        sources = [root / "pom.xml"]
        for module in ("core", "deep", "notebook"):
            sources.append(root / "lib" / module / "pom.xml")
            sources += project.files_under(root / "lib" / module / "src" / "main")
        key = project.fingerprint(sources)
        known = self.state.get("library", {})
        folder = Path(known.get("folder", "/nonexistent"))
        if not self.options.library_built:
            if self.done("library", key) and folder.is_dir():
                return folder
            self.build(root)
        jars = library_jars(root)
        print_of_jars = project.fingerprint(jars)
        folder = SHARE / "lib" / print_of_jars[:12]
        if not folder.is_dir():
            # Kernels that run now keep the jars they were started with; older ones go.
            keep = {folder, Path(known.get("folder", "/nonexistent"))}
            partial = folder.with_name(folder.name + ".partial")
            shutil.rmtree(partial, ignore_errors=True)
            partial.mkdir(parents=True)
            for jar in jars:
                link_or_copy(jar, partial / jar.name)
            partial.rename(folder)
            for other in folder.parent.iterdir():
                if other not in keep:
                    shutil.rmtree(other, ignore_errors=True)
        if not self.done("library", key) or known.get("folder") != str(folder):
            self.record("library", key, folder=str(folder), jars=print_of_jars)
        return folder

    def build(self, root: Path) -> None:
        """Builds the library with Maven, without its tests."""
        if not (root / "lib" / "notebook" / "pom.xml").is_file():
            raise Problem(f"{root} has no lib/notebook/pom.xml: this is not a whole checkout.")
        maven = shutil.which("mvn")
        if not maven:
            raise Problem(
                "Maven is needed to build the library, and there is no mvn on the PATH.\n"
                "Debian, Ubuntu: sudo apt-get install maven.  macOS: brew install maven."
            )
        command = [
            maven, "-q", "-B", "-ntp", "-DskipTests", "-Dspotless.check.skip=true", "-Djacoco.skip=true",
            "-Dforbiddenapis.skip=true", "package", "-pl", "lib/notebook,lib/deep", "-am",
        ]  # fmt: skip
        with step("Building the library (at the first time this fetches some 150 MB)"):
            environment = {**os.environ, "JAVA_HOME": str(self.jdk.home)}
            good, output, log = run_logged("maven", command, cwd=root, env=environment)
        if not good:
            raise Problem(f"The library could not be built.\n{tail(output)}\nThe whole output: {log}")

    # The kernel

    def install_kernel(self, library: Path) -> None:
        """The kernel specification, with the library on its class path."""
        key = project.fingerprint(
            [*map(str, self.kernel), str(library), str(self.jdk), str(ENVIRONMENT), Path(__file__)]
        )
        if self.done("kernel", key) and (KERNEL / "kernel.json").is_file():
            return
        with step("Installing the Java kernel"):
            spec = kernel_spec(self.kernel, self.jdk, library)
            project.write_json(KERNEL / "kernel.json", spec)
            archive = library / "kernel.jsa"
            archive.unlink(missing_ok=True)
            if self.kernel[0] == "jjava" and train(archive):
                spec["argv"].insert(1, f"-XX:SharedArchiveFile={archive}")
                project.write_json(KERNEL / "kernel.json", spec)
        self.record("kernel", key, choice=self.kernel)

    # The data

    def fetch_data(self, again: bool) -> None:
        """The data sets that are fetched. Without them only the notebooks that use them fail."""
        catalogue = project.home() / "data" / "catalog.csv"
        wanted = data.missing(catalogue)
        if not wanted or (not again and self.state.get("data", {}).get("key") == "unreachable"):
            return
        with step(f"Fetching data ({', '.join(sorted({item.name for item in wanted}))})"):
            problems = data.fetch(catalogue)
        if problems:
            print(
                "Warning: some data could not be had. Notebooks that need it will say so; all others run.\n"
                "Run environment/setup again when there is a network.\n"
                + "\n".join("  " + line for text in problems for line in text.splitlines()),
                file=sys.stderr,
            )
        self.record("data", "unreachable" if problems else "complete")

    def run(self, *, again: bool) -> None:
        """All steps, in order."""
        self.python()
        self.install_kernel(self.library())
        self.fetch_data(again)


def library_jars(root: Path) -> list[Path]:
    """The jars that the kernel loads: the notebook library, the deep one, and all they need."""
    found: dict[str, Path] = {}
    for module in ("notebook", "deep"):
        target = root / "lib" / module / "target"
        own = [
            jar
            for jar in sorted(target.glob(f"konvergo-{module}-*.jar"))
            if not re.search(r"-(sources|javadoc|tests|test-sources)\.jar$", jar.name)
        ]
        rest = sorted((target / "lib").glob("*.jar"))
        if len(own) != 1 or not rest:
            raise Problem(
                f"The library is not built: {target} should hold one konvergo-{module} jar and its\n"
                f"dependencies in lib/; found {len(own)} and {len(rest)}. Run mvn package first."
            )
        for jar in [*own, *rest]:
            found.setdefault(jar.name, jar)
    return list(found.values())


def hidden(jar: Path) -> bool:
    """Whether no cell names a class of a jar: PyTorch's engine and native code, what these call, a solver."""
    names = r"(pytorch|jna|commons-codec|commons-compress|commons-io|hipparchus)-"
    return re.match(names, jar.name) is not None


def link_or_copy(source: Path, target: Path) -> None:
    """A file at a second place. PyTorch's native code, which is large and does not change, is linked."""
    if source.name.startswith("pytorch-native-"):
        try:
            os.link(source, target)
            return
        except OSError:
            pass  # another file system, or one without links
    shutil.copyfile(source, target)


def kernel_spec(choice: list[str], jdk: Jdk, library: Path) -> dict[str, Any]:
    """The kernel specification.

    The kernel is started directly and not through JJava's launcher, which starts a second JVM and
    costs four seconds. There are no start-up snippets beyond a line where one cannot be avoided:
    JShell compiles each of them at every start. JJava needs no JJAVA_CLASSPATH: JShell compiles cells
    against the class path of its JVM, and a second one would make it read every jar again.
    """
    jars = [str(jar) for jar in sorted(library.glob("*.jar"), key=lambda jar: (hidden(jar), jar.name))]
    name, *where = choice
    environment = {"KONVERGO_HOME": str(project.ENVIRONMENT.parent)}
    if name == "jjava" and len(where) <= 1:
        kernel_jar = find_jar(Path(where[0]) if where else KERNEL, "jjava.jar")
        main = "org.dflib.jjava.distro.JJava"
    elif name == "ijava" and len(where) == 1:
        kernel_jar = find_jar(Path(where[0]), "ijava*.jar")
        main = "io.github.spencerpark.ijava.IJava"
        script = SHARE / "ijava-start.jshell"
        project.write(script, "org.konvergo.notebook.kernel.IJavaGlue.install();\n")
        class_path = os.pathsep.join(jar for jar in jars if not hidden(Path(jar)))
        environment |= {"IJAVA_CLASSPATH": class_path, "IJAVA_STARTUP_SCRIPTS_PATH": str(script)}
    else:
        raise Problem(
            f"--kernel {' '.join(choice)}: it should be `jjava`, `jjava PATH` or `ijava PATH`.", project.USAGE
        )
    return {
        "argv": [
            jdk.java,
            "--add-modules=jdk.incubator.vector",
            "--add-opens=jdk.jshell/jdk.jshell=ALL-UNNAMED",
            "-Djava.awt.headless=true",
            # What a notebook prints does not depend on the language of the machine.
            "-Duser.language=en",
            "-Duser.country=US",
            "-Duser.timezone=UTC",
            "-Dfile.encoding=UTF-8",
            "-Xmx4g",
            # Cells and charts run much code a little. Optimising it would keep a second core busy,
            # as concurrent collection would; loops that run long are optimised all the same.
            "-XX:+UseSerialGC",
            "-XX:Tier4InvocationThreshold=20000",
            "-XX:Tier4MinInvocationThreshold=4000",
            "-XX:Tier4CompileThreshold=60000",
            "-XX:Tier4BackEdgeThreshold=120000",
            "-cp",
            os.pathsep.join([str(kernel_jar), *jars]),
            main,
            "{connection_file}",
        ],
        "display_name": "Java (Konvergo)",
        "language": "java",
        "interrupt_mode": "message",
        "env": environment,
    }


def find_jar(where: Path, pattern: str) -> Path:
    """The kernel's jar: the path itself, or the one below it."""
    found = [where] if where.is_file() else sorted(where.rglob(pattern)) if where.is_dir() else []
    if not found:
        raise Problem(
            f"There is no {pattern} at {where}.\n"
            "Give the kernel's jar, or the folder it is in: --kernel jjava PATH, or --kernel ijava PATH."
        )
    return found[0]


def train(archive: Path, *other: str) -> bool:
    """Makes the archive of loaded classes that saves a second of each kernel start, if it can.

    Of our kernel, or of another: the path of its specification, and the cells to run.
    """
    command = [str(VENV / "bin" / "python"), "-m", "konvergo_env", "train", str(archive), *other]
    try:
        run_logged("training", command, timeout=120, env={**os.environ, "PYTHONPATH": str(ENVIRONMENT)})
    except subprocess.TimeoutExpired:
        archive.unlink(missing_ok=True)
    return archive.is_file()


def ensure(arguments: list[str], *, again: bool) -> None:
    """Brings the environment up to date."""
    options = parser().parse_args(arguments)
    busy = "Another setup is running (process {pid}); waiting for it."
    with project.lock(ENVIRONMENT / ".cache" / "setup.lock", busy=busy, wait=True):
        Setup(options).run(again=again)


def main(arguments: list[str]) -> int:
    """The command `environment/setup`."""
    ensure(arguments, again=True)
    return project.OK
