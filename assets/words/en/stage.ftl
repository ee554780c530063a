# world/stage/plan.rs
stage-inside-a-network = Inside a network
stage-why-this-answer-which-unit = Why this answer, which unit, which image taught it
