# SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
# SPDX-License-Identifier: MIT

"""The project's own files: those that git tracks or would track, or, without git, all but build folders."""

import os
import pathlib
import subprocess


def project_files(root):
    """Paths below `root`, relative to it, sorted."""
    if (root / ".git").exists():
        listing = subprocess.run(
            ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            capture_output=True)
        if listing.returncode == 0:
            names = [name for name in listing.stdout.decode().split("\0") if name]
            return sorted(pathlib.PurePosixPath(name) for name in names if (root / name).is_file())
    found = []
    for folder, subfolders, files in os.walk(root):
        subfolders[:] = [name for name in subfolders if not name.startswith("build") and name not in (".git", ".cache")]
        relative = pathlib.PurePosixPath(pathlib.Path(folder).relative_to(root).as_posix())
        found += [relative / name for name in files]
    return sorted(found)


def read_text(path):
    """The text of a file, or None for a binary one."""
    data = path.read_bytes()
    if b"\0" in data[:8192]:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None
