#!/usr/bin/env python3
"""Makes the fonts that archviz carries, and the table of their advance widths.

  in : npm, python3 with `pip install fonttools==4.68.0 brotli==1.2.1`; the network
  out: the .ttf and .woff2 files in this folder, their licenses, and src/text/advance.rs

The same versions give the same bytes. Run it only to change what is in the fonts.
"""

import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
TABLE = HERE.parents[1] / "src" / "text" / "advance.rs"
PACKAGES = {"inter": "inter-ui@4.1.1", "dejavu": "dejavu-fonts-ttf@2.37.3"}

# What a picture may say in European scripts, and the signs that people put into labels.
WIDE = "20-7E,A0-24F,259,2B0-2FF,300-36F,370-3FF,400-52F,1E00-1EFF,2000-206F,2070-209F,20A0-20CF,2100-218F,2190-21FF,2200-22FF,2300-23FF,2500-257F,2580-259F,25A0-25FF,2600-26FF,2700-27BF,FFFD"
# What Inter lacks: Hebrew, Arabic, Armenian, Georgian, and further signs.
FURTHER = WIDE + ",530-58F,590-5FF,600-6FF,10A0-10FF,1D00-1D7F,27C0-27EF,27F0-27FF,2900-297F,2B00-2BFF,FB00-FB4F,FB50-FDFF,FE70-FEFC"
# What nearly every label needs; this is carried in each picture with an embedded font.
SMALL = "20-7E,A0-FF,2013,2014,2018,2019,201C,201D,2022,2026,2190-2193,2194"

# Stands in the table where no font has a character.
MISSING = 65535


def fetch(folder, package):
    """Unpacks a package of the npm registry."""
    name = subprocess.run(["npm", "pack", "--silent", package], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()
    with tarfile.open(folder / name) as archive:
        archive.extractall(folder / name.removesuffix(".tgz"), filter="data")
    return folder / name.removesuffix(".tgz") / "package"


def numbers(ranges):
    """The code points of `20-7E,A0-FF`."""
    for part in ranges.split(","):
        first, _, last = part.partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


def write_subset(source, target, unicodes, flavor=None, features=("kern", "liga", "mark", "mkmk", "ccmp", "locl")):
    options = subset.Options(flavor=flavor, hinting=False, desubroutinize=True, layout_features=list(features), name_IDs=[0, 1, 2, 3, 4, 6, 13, 14, 16, 17], recalc_timestamp=False, notdef_outline=True)
    font = TTFont(source, recalcTimestamp=False)
    job = subset.Subsetter(options)
    job.populate(unicodes=set(unicodes))
    job.subset(font)
    if flavor is None:
        font.flavor = None
    font.save(target)


def widths(path):
    """Advance width in thousandths of the font size, by code point."""
    font = TTFont(path)
    scale = 1000 / font["head"].unitsPerEm
    metrics = font["hmtx"]
    return {code: round(metrics[name][0] * scale) for code, name in font.getBestCmap().items()}


def write_table(regular, semibold, further):
    codes = sorted(set(regular) | set(further))
    blocks = []
    for code in codes:
        pair = (regular.get(code, further.get(code)), semibold.get(code, further.get(code)))
        if blocks:
            first, pairs = blocks[-1]
            gap = code - first - len(pairs)
            if gap <= 12:
                pairs += [(MISSING, MISSING)] * gap + [pair]
                continue
        blocks.append((code, [pair]))
    lines = [
        "//! Advance widths of the fonts that archviz carries, in thousandths of the font size.",
        "//!",
        "//! Made by `assets/fonts/build.py` from Inter 4.1, and from `DejaVu` Sans 2.37 for what Inter lacks.",
        "//! In: nothing. Out: [`BLOCKS`], sorted by code point. Refuses to know: what is measured.",
        "",
        "/// Stands where the fonts lack a character.",
        f"pub(super) const MISSING: u16 = {MISSING};",
        "",
        "/// Code points in a row.",
        "pub(super) struct Block {",
        "    /// The first code point.",
        "    pub(super) first: u32,",
        "    /// Widths in regular and in semi-bold weight.",
        "    pub(super) widths: &'static [[u16; 2]],",
        "}",
        "",
        "/// What the fonts have.",
        "#[rustfmt::skip]",
        "pub(super) static BLOCKS: &[Block] = &[",
    ]
    for first, pairs in blocks:
        lines.append(f"    Block {{ first: 0x{first:X}, widths: &[")
        row = "       "
        for pair in pairs:
            text = f" [{pair[0]}, {pair[1]}],"
            if len(row) + len(text) > 240:
                lines.append(row)
                row = "       "
            row += text
        lines += [row, "    ] },"]
    lines.append("];")
    TABLE.write_text("\n".join(lines) + "\n")


def main():
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        inter, dejavu = (fetch(folder, package) for package in PACKAGES.values())
        for weight in ("Regular", "SemiBold"):
            source = inter / "web" / f"Inter-{weight}.woff2"
            write_subset(source, HERE / f"Inter-{weight}.ttf", numbers(WIDE))
            write_subset(source, HERE / f"Inter-{weight}.small.woff2", numbers(SMALL), flavor="woff2", features=("kern",))
        has = set(TTFont(HERE / "Inter-Regular.ttf").getBestCmap())
        # A mark goes with its letter: what Inter has letters for must not take marks of another font.
        rest = [code for code in numbers(FURTHER) if code not in has and not 0x300 <= code <= 0x36F]
        layout = ("kern", "liga", "mark", "mkmk", "ccmp", "locl", "init", "medi", "fina", "isol", "rlig", "calt")
        write_subset(dejavu / "ttf" / "DejaVuSans.ttf", HERE / "DejaVuSans.ttf", rest, features=layout)
        shutil.copy(inter / "LICENSE.txt", HERE / "Inter-LICENSE.txt")
        shutil.copy(dejavu / "LICENSE", HERE / "DejaVu-LICENSE.txt")
    write_table(*(widths(HERE / name) for name in ("Inter-Regular.ttf", "Inter-SemiBold.ttf", "DejaVuSans.ttf")))
    for path in sorted([*HERE.glob("*.ttf"), *HERE.glob("*.woff2"), TABLE]):
        print(f"{path.stat().st_size:8} {path.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
