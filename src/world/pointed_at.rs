//! What is pointed at, in words, for those who watch somebody else point.

use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<PointedAt>();
}

/// The number that is pointed at and what it is, as "Pooled, map 3, row 4, column 5: 0.23".
///
/// Written by the view of the exhibit that it belongs to, which takes back only what it wrote.
#[derive(Resource, Clone, Debug, Default, PartialEq, Eq)]
pub struct PointedAt(pub Option<String>);
