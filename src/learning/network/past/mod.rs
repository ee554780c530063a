//! The run of a network of any kind as it can be taken again and booked: plain data from which any thread repeats it with the
//! network's own steps, on the images as they were changed, with the dropout as it was drawn.
//!
//! ```text
//! run ──────▶ Replayed: first weights, batches, rates ──▶ Moment after Moment, bit for bit
//! booked ───▶ Booked
//!   layout      which numbers belong to which layer, and to which map
//!   silent      which numbers only rounding moves
//!   reach       how far each rule goes
//!   slope       the loss of an input, of the network as it is asked
//!   products    what each image's gradient makes of two directions, of the network as it trains
//! ```
//!
//! Trainable numbers are all that learns, one array after the other, and behind it what normalisations remember: without that a
//! state says nothing to an input. It is no image's: no gradient moves it, and its part of a change is booked apart.

mod booked;
mod layout;
mod leaves;
mod moment;
mod products;
mod reach;
mod run;
mod silent;
mod slope;
#[cfg(test)]
mod tests;

pub use run::NetworkRun;
