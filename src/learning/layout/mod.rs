//! Where things lie that are told by many numbers: in a few dimensions, along the directions in which they differ most, or so
//! that neighbours are beside each other.

mod components;
mod nearest;
mod tsne;
mod turn;

pub use components::{Components, components, product, products, start, straighten, times};
pub use nearest::{Near, nearest, nearest_of, squares};
pub use tsne::{
    EPOCHS, JUDGED, LEAST_ITEMS, Nearest, Point, Schedule, Start, drawn_together, kept, lay_out,
    neighbours_needed, spread,
};
pub use turn::{turn_onto, turned};
