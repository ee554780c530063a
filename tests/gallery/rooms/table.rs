//! The table of rooms: what each part of the source may import, and which crates it must never meet.

use super::source::fits;

/// What a part of the source may import.
pub(super) struct Room {
    /// The files it is about, by the start of their path under `src`; the longest one that fits counts.
    pub(super) files: &'static str,
    /// What it may use of our own rooms, besides itself.
    pub(super) may_use: &'static [&'static str],
    /// Foreign crates it must never meet, by the start of their name.
    pub(super) never: &'static [&'static str],
}

pub(super) const BEVY: &str = "bevy";
pub(super) const BURN: &str = "burn";
pub(super) const INDICATIF: &str = "indicatif";
pub(super) const CLAP: &str = "clap";

/// docs/ARCHITECTURE.md tells the same in words.
pub(super) const ROOMS: &[Room] = &[
    Room { files: "main.rs", may_use: &["exhibits", "program"], never: &[BEVY, BURN] },
    Room {
        files: "program/",
        may_use: &[
            "app",
            "asset_path",
            "attach",
            "check",
            "cli",
            "compare",
            "display_server",
            "events",
            "exhibits",
            "free_memory",
            "learning",
            "recording",
            "replay",
            "sentence",
            "serve",
            "signals",
            "stderr",
            "stream",
            "terminal",
            "program_error",
            "python_package",
            "world",
        ],
        never: &[BEVY, BURN],
    },
    Room { files: "lib.rs", may_use: &[], never: &[BEVY, BURN] },
    Room {
        files: "check.rs",
        may_use: &["cli", "exhibits::refused", "learning", "sentence", "program_error"],
        never: &[BEVY, BURN],
    },
    Room {
        files: "python_package.rs",
        may_use: &["cli", "exhibits::refused", "program_error", "sentence"],
        never: &[BEVY, BURN, INDICATIF],
    },
    Room {
        files: "compare/",
        may_use: &[
            "cli",
            "exhibits",
            "history",
            "inside",
            "program_error",
            "recording",
            "replay",
            "sentence",
            "stream",
        ],
        never: &[BEVY, BURN, CLAP, INDICATIF],
    },
    Room {
        files: "replay.rs",
        may_use: &[
            "cli",
            "exhibits",
            "program_error",
            "recording",
            "sentence",
            "stream",
            "terminal",
            "world::replay",
        ],
        never: &[BEVY, BURN, CLAP, INDICATIF],
    },
    Room { files: "cli/", may_use: &["sentence"], never: &[BEVY, BURN, INDICATIF] },
    Room { files: "words/", may_use: &[], never: &[BEVY, BURN, CLAP, INDICATIF] },
    Room { files: "sentence.rs", may_use: &[], never: &[BEVY, BURN, CLAP, INDICATIF] },
    Room { files: "program_error.rs", may_use: &[], never: &[BEVY, BURN] },
    Room { files: "asset_path.rs", may_use: &["sentence", "program_error"], never: &[BEVY, BURN] },
    Room { files: "display_server/", may_use: &[], never: &[BEVY, BURN] },
    Room { files: "free_memory.rs", may_use: &[], never: &[BEVY, BURN, CLAP, INDICATIF] },
    Room { files: "signals.rs", may_use: &[], never: &[BEVY, BURN] },
    Room { files: "stderr.rs", may_use: &[], never: &[BEVY, BURN] },
    Room { files: "events", may_use: &["narrator", "stream"], never: &[BEVY, BURN] },
    Room {
        files: "narrator.rs",
        may_use: &["sentence", "stream"],
        never: &[BEVY, BURN, CLAP, INDICATIF],
    },
    Room {
        files: "terminal/",
        may_use: &["stream", "events", "narrator", "sentence", "signals", "program_error"],
        never: &[BEVY, BURN],
    },
    Room { files: "stream/", may_use: &["sentence"], never: &[BEVY, BURN, CLAP, INDICATIF] },
    Room {
        files: "images/",
        may_use: &["inside", "narrator", "sentence", "stream"],
        never: &[BEVY, BURN, CLAP, INDICATIF],
    },
    Room {
        files: "inside/",
        may_use: &["sentence", "stream"],
        never: &[BEVY, BURN, CLAP, INDICATIF],
    },
    Room { files: "operators.rs", may_use: &["stream"], never: &[BEVY, BURN, CLAP, INDICATIF] },
    Room {
        files: "network/",
        may_use: &["sentence", "stream"],
        never: &[BEVY, BURN, CLAP, INDICATIF],
    },
    Room {
        files: "learning/",
        may_use: &["free_memory", "images", "inside", "network", "operators", "sentence", "stream"],
        never: &[BEVY, CLAP, INDICATIF],
    },
    Room {
        files: "attach/",
        may_use: &["images", "inside", "sentence", "socket", "stream"],
        never: &[BEVY, BURN, CLAP, INDICATIF],
    },
    Room {
        files: "socket/",
        may_use: &["sentence", "stream"],
        never: &[BEVY, BURN, CLAP, INDICATIF],
    },
    Room {
        files: "serve/",
        may_use: &["images", "sentence", "socket", "stream"],
        never: &[BEVY, BURN, CLAP, INDICATIF],
    },
    Room {
        files: "recording/",
        may_use: &["sentence", "stream"],
        never: &[BEVY, BURN, CLAP, INDICATIF],
    },
    Room { files: "history/", may_use: &["stream"], never: &[BEVY, BURN, CLAP, INDICATIF] },
    Room {
        files: "exhibits/mod.rs",
        may_use: &[
            "cli",
            "events",
            "images",
            "inside",
            "learning",
            "narrator",
            "stream",
            "program_error",
            "world::stage",
        ],
        never: &[BURN],
    },
    Room {
        files: "exhibits/open.rs",
        may_use: &["asset_path", "cli", "events", "inside", "learning", "stream", "program_error"],
        never: &[BURN],
    },
    // What several classifiers tell in the terminal.
    Room {
        files: "exhibits/in_words.rs",
        may_use: &[
            "cli",
            "exhibits::branch",
            "exhibits::health",
            "exhibits::inside",
            "exhibits::landscape",
            "exhibits::one_after_the_other",
            "exhibits::points",
            "exhibits::robust",
            "exhibits::taught",
            "exhibits::units",
            "exhibits::why",
            "learning",
            "program_error",
        ],
        never: &[BEVY, BURN, CLAP],
    },
    Room {
        files: "exhibits/why.rs",
        may_use: &[
            "exhibits::open",
            "exhibits::test_image",
            "inside",
            "learning",
            "program_error",
            "stream",
        ],
        never: &[BEVY, BURN, CLAP],
    },
    Room {
        files: "exhibits/robust.rs",
        may_use: &[
            "exhibits::open",
            "exhibits::test_image",
            "inside",
            "learning",
            "program_error",
            "stream",
        ],
        never: &[BEVY, BURN, CLAP],
    },
    Room {
        files: "exhibits/units.rs",
        may_use: &["exhibits::teller", "inside", "program_error", "stream"],
        never: &[BEVY, BURN, CLAP],
    },
    Room {
        files: "exhibits/points.rs",
        may_use: &["exhibits::teller", "inside", "program_error", "stream"],
        never: &[BEVY, BURN, CLAP],
    },
    Room {
        files: "exhibits/taught.rs",
        may_use: &[
            "exhibits::open",
            "exhibits::test_image",
            "inside",
            "learning",
            "program_error",
            "stream",
        ],
        never: &[BEVY, BURN, CLAP],
    },
    Room {
        files: "exhibits/branch.rs",
        may_use: &["exhibits::open", "exhibits::teller", "inside", "program_error", "stream"],
        never: &[BEVY, BURN, CLAP],
    },
    Room {
        files: "exhibits/landscape.rs",
        may_use: &["exhibits::teller", "inside", "program_error", "stream"],
        never: &[BEVY, BURN, CLAP],
    },
    Room {
        files: "exhibits/health.rs",
        may_use: &["events", "exhibits::open", "inside", "program_error", "stream"],
        never: &[BEVY, BURN, CLAP],
    },
    Room {
        files: "exhibits/teller.rs",
        may_use: &["events", "exhibits::open", "program_error", "stream"],
        never: &[BEVY, BURN, CLAP],
    },
    Room {
        files: "exhibits/inside.rs",
        may_use: &[
            "exhibits::health",
            "exhibits::landscape",
            "exhibits::open",
            "exhibits::points",
            "exhibits::robust",
            "exhibits::taught",
            "exhibits::teller",
            "exhibits::units",
            "exhibits::why",
            "inside",
            "learning",
            "program_error",
            "stream",
        ],
        never: &[BEVY, BURN, CLAP],
    },
    Room {
        files: "exhibits/test_image.rs",
        may_use: &["exhibits::open", "learning", "program_error", "sentence", "stream"],
        never: &[BEVY, BURN, CLAP],
    },
    Room {
        files: "exhibits/*/mod.rs",
        may_use: &["cli", "images", "learning", "stream", "world::stage"],
        never: &[BURN],
    },
    Room {
        files: "exhibits/*/open",
        may_use: &[
            "asset_path",
            "exhibits::in_words",
            "exhibits::takes_it_again",
            "exhibits::one_after_the_other",
            "exhibits::refused",
            "learning",
            "network",
            "sentence",
            "terminal",
            "program_error",
        ],
        never: &[BURN],
    },
    Room { files: "exhibits/*/options", may_use: &["cli"], never: &[BEVY, BURN] },
    Room {
        files: "exhibits/*/narrator",
        may_use: &["images", "narrator", "sentence", "stream"],
        never: &[BEVY, BURN, CLAP],
    },
    Room {
        files: "exhibits/*/errand",
        may_use: &[
            "events",
            "exhibits::answer",
            "exhibits::refused",
            "images",
            "stream",
            "program_error",
        ],
        never: &[BEVY, BURN, CLAP],
    },
    Room { files: "exhibits/*/payload", may_use: &["sentence", "stream"], never: &[BEVY, BURN] },
    Room {
        files: "exhibits/*/data/",
        may_use: &["learning", "sentence"],
        never: &[BEVY, BURN, CLAP],
    },
    Room { files: "exhibits/*/files/", may_use: &["sentence"], never: &[BEVY, BURN] },
    Room { files: "exhibits/*/metrics", may_use: &[], never: &[BEVY, BURN] },
    Room {
        files: "exhibits/*/model/",
        may_use: &["images", "inside", "learning", "network", "operators", "sentence", "stream"],
        never: &[BEVY],
    },
    Room {
        files: "exhibits/*/view/",
        may_use: &["world", "history", "images", "network", "sentence", "stream"],
        never: &[BURN],
    },
    Room {
        files: "world/",
        may_use: &[
            "attach",
            "free_memory",
            "history",
            "images",
            "inside",
            "operators",
            "recording",
            "sentence",
            "stream",
        ],
        never: &[BURN],
    },
    Room {
        files: "world/display/",
        may_use: &["stream", "world::draw", "world::ui"],
        never: &[BURN],
    },
    Room { files: "world/draw/", may_use: &[], never: &[BURN] },
    Room { files: "world/ui/", may_use: &["world::draw", "world::interaction"], never: &[BURN] },
    Room { files: "world/desktop/", may_use: &["world", "display_server"], never: &[BURN] },
    Room { files: "world/xr/", may_use: &["sentence", "world", "stderr"], never: &[BURN] },
    Room {
        files: "app",
        may_use: &["exhibits", "history", "signals", "stderr", "stream", "world"],
        never: &[BURN, CLAP, INDICATIF],
    },
];

/// Parts that only few may use, whatever the table above allows them around it.
pub(super) const SECLUDED: &[(&str, &[&str])] = &[
    ("world::xr", &["world/xr/", "app"]),
    // While a headset is worn, the spectators have the window.
    ("world::desktop", &["world/desktop/", "world/spectator/", "app"]),
    ("app", &["app", "program/"]),
];

pub(super) fn room_of(path: &str) -> Option<&'static Room> {
    ROOMS.iter().filter(|room| fits(room.files, path)).max_by_key(|room| room.files.len())
}
