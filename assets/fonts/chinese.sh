#!/bin/sh
# Makes the Chinese letters from Debian's fonts-noto-cjk with fonttools: GB 2312's 6,763 characters and signs in Regular,
# the 3,755 of its first level in Bold. Run it in this folder; the files that it writes are part of the repository.
set -eu
source=/usr/share/fonts/opentype/noto
letters() {
    python3 -c "
for row in [*range(1, 4), *range(16, $1)]:
    for cell in range(1, 95):
        try: print(bytes([row + 160, cell + 160]).decode('gb2312'), end='')
        except UnicodeDecodeError: pass"
}
subset() {
    letters "$2" > letters.txt
    pyftsubset "$source/NotoSansCJK-$1.ttc" --font-number=2 --text-file=letters.txt --layout-features='' \
        --no-hinting --desubroutinize --name-IDs='*' --output-file="NotoSansCJKsc-$1.otf"
    rm letters.txt
}
subset Regular 88
subset Bold 56
