"""MkDocs hooks: a build draws the pictures, and fails when a document says what is no longer so.

In mkdocs.yml:

    hooks: [archviz_hooks.py]
    extra: { archviz: { spec: architecture.yaml, pictures: architecture } }

`spec` is relative to mkdocs.yml; `pictures` is a folder below docs_dir, or nothing for no pictures.
"""

import os
import subprocess

from mkdocs.exceptions import PluginError

PROGRAM = os.environ.get("ARCHVIZ", "archviz")


def _run(arguments, folder):
    try:
        done = subprocess.run([PROGRAM, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    except OSError as error:
        raise PluginError(f"archviz can't be run: {error}") from error
    if done.returncode != 0:
        raise PluginError(f"archviz {' '.join(arguments)} ended with {done.returncode}\n{done.stdout}{done.stderr}")


def on_pre_build(config):
    settings = config.get("extra", {}).get("archviz", {})
    folder = os.path.dirname(config["config_file_path"])
    spec = ["--spec", settings["spec"]] if "spec" in settings else []
    documents = config["docs_dir"]
    if settings.get("pictures"):
        target = os.path.join(documents, settings["pictures"])
        _run(["render", *spec, "-f", settings.get("format", "svg"), "-o", target], folder)
    pages = []
    for parent, _, names in sorted(os.walk(documents)):
        pages += [os.path.join(parent, name) for name in sorted(names) if name.endswith(".md")]
    if pages:
        _run(["docs", "--check", *spec, *pages], folder)
