//! Opens the digits: the images, and how they are usually learned.

use super::{Route, lesson, load};
use crate::{
    exhibits::{Asked, Opened, refused},
    learning::Plan,
    trouble::Trouble,
};

/// The images that ship with the program.
const SHIPPED: &str = "mnist-10k";
/// Ten epochs of the shipped data take under a minute so, instead of three seconds.
const PACE: f32 = 50.0;

pub(super) fn open(asked: &Asked<'_>) -> Result<Opened, Trouble> {
    let plan = asked.plan(Plan::default())?;
    let dataset = load(&asked.data(SHIPPED)?).map_err(refused)?;
    Ok(Opened::new(lesson(dataset, Route::default()), plan, PACE))
}
