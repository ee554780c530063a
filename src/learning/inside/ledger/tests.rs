//! Replay and ledger on a model of two parameters.
