//! What only the recommender and its view share: ratings, what is asked of a taste and answered, and how folds are judged.

mod judged;
mod ratings;
mod taste;

pub use judged::{FoldOutcome, FoldReport, ListQuality, RatingsVerdict};
pub use ratings::{Item, Rated, Ratings, StarScale};
pub use taste::{
    AlsoLiked, Factors, Laid, Layout, LayoutProgress, ListAsk, Listed, MovedBy, Neighbour, Person,
    Reasons, Suggested, Taste, TasteAnswer, TasteAsk, Terms, Together, Why,
};
