//! Every kind of layer that a description knows.

use std::sync::Arc;

use super::{snapshot, wave, worked_out::check};
use crate::network::description;

const LAYERS: [&str; 16] = [
    "kind = \"conv2d\"\nout_channels = 4\nkernel_size = [3, 2]\npadding = [1, 0]",
    "kind = \"batch_norm\"",
    "kind = \"gelu\"",
    "kind = \"depthwise_conv2d\"\nkernel_size = 3\ndilation = 2\npadding = 2",
    "kind = \"silu\"",
    "kind = \"conv2d\"\nout_channels = 4\nkernel_size = 1\ngroups = 2",
    "kind = \"group_norm\"\nnum_groups = 2",
    "kind = \"tanh\"\nname = \"tanh\"",
    "kind = \"avg_pool2d\"\nkernel_size = 3\nstride = 1\npadding = 1\nname = \"mean\"",
    "kind = \"add\"\nfrom = [\"tanh\", \"mean\"]",
    "kind = \"concat\"\nfrom = [\"add1\", \"tanh\"]",
    "kind = \"max_pool2d\"\nkernel_size = 3\nstride = 2\npadding = 1",
    "kind = \"leaky_relu\"\nnegative_slope = 0.2",
    "kind = \"global_avg_pool2d\"",
    "kind = \"layer_norm\"",
    "kind = \"linear\"",
];

#[test]
fn every_kind_of_layer_is_worked_out() {
    let text: String = LAYERS.iter().map(|layer| format!("[[layers]]\n{layer}\n")).collect();
    let network = description(&text).unwrap().network([2, 7, 8], 5).unwrap();
    let plan = Arc::new(network.plan().unwrap());
    let snapshot = snapshot(&plan, &wave(2 * 7 * 8, 0.7));
    assert_eq!(check(&plan.graph, &snapshot, &[]).len(), 17);
}
