//! The account of many private steps: their divergences added, and told as ε at some δ.

use super::{moments::of_step, steps::PrivateSteps};
use crate::images::PrivacySpent;

/// The δ at which ε is told: as is usual for MNIST, well below one of its examples.
pub const DELTA: f64 = 1e-5;

/// Whole orders that are tried one after the other, from 2 on.
const EVERY_ORDER_TO: u32 = 64;
/// Higher ones, which tell most where little is given away.
const HIGHER_ORDERS: [f64; 7] = [80.0, 96.0, 128.0, 192.0, 256.0, 384.0, 512.0];
/// Tenths of orders from 1.1 to below 11, which tell most where much is given away; TensorFlow Privacy tries the same.
const TENTHS: std::ops::Range<u32> = 11..110;

/// How a divergence becomes an ε: order, divergence and δ.
type Conversion = fn(f64, f64, f64) -> f64;

/// What so many steps have given away, where a batch holds a `share` of all examples.
pub fn spent(of: &PrivateSteps, share: f64, steps: u64) -> PrivacySpent {
    PrivacySpent { epsilon: epsilon(share, of.noise(), steps, DELTA), delta: DELTA }
}

/// ε at `delta` after `steps` private steps: `share` of all examples in a batch, 0..=1, and `noise` in units of the clip.
///
/// Of all orders the one that tells least; a bound by any is one. Divergences of steps add up (Mironov 2017, proposition 1).
/// Nothing before the first step, infinite without noise, no number where something that is given is out of its bounds.
pub fn epsilon(share: f64, noise: f64, steps: u64, delta: f64) -> f64 {
    least(share, noise, steps, (delta, improved))
}

pub(super) fn least(share: f64, noise: f64, steps: u64, (delta, told): (f64, Conversion)) -> f64 {
    let is_known = (0.0..=1.0).contains(&share) && noise >= 0.0 && delta > 0.0 && delta < 1.0;
    if !is_known {
        return f64::NAN;
    }
    // Whoever is never looked at gives nothing away.
    if steps == 0 || share == 0.0 {
        return 0.0;
    }
    let of_order = |order: f64| told(order, steps as f64 * of_step(share, noise, order), delta);
    orders().map(of_order).fold(f64::INFINITY, f64::min).max(0.0)
}

fn orders() -> impl Iterator<Item = f64> {
    let tenths = TENTHS.filter(|tenth| tenth % 10 != 0).map(|tenth| f64::from(tenth) / 10.0);
    tenths.chain((2..=EVERY_ORDER_TO).map(f64::from)).chain(HIGHER_ORDERS)
}

/// ε = D + ln((α − 1) / α) − (ln δ + ln α) / (α − 1): Canonne, Kamath and Steinke 2020, proposition 12
/// (<https://arxiv.org/abs/2004.00010>), after Balle and others 2020 (<https://arxiv.org/abs/1905.09982>).
fn improved(order: f64, divergence: f64, delta: f64) -> f64 {
    divergence + ((order - 1.0) / order).ln() - (delta.ln() + order.ln()) / (order - 1.0)
}

/// ε = D + ln(1 / δ) / (α − 1): Mironov 2017, proposition 3, by which values were published before.
#[cfg(test)]
pub(super) fn classic(order: f64, divergence: f64, delta: f64) -> f64 {
    divergence - delta.ln() / (order - 1.0)
}
