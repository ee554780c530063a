//! What unit tests compare words and events with: snapshots beside those of the gallery.

/// Compares with the snapshot of this name, which `INSTA_UPDATE=always` writes anew.
#[track_caller]
pub(crate) fn kept(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/gallery/snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}
