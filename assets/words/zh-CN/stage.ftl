# world/stage/plan.rs
stage-inside-a-network = 网络内部
stage-why-this-answer-which-unit = 为什么是这个答案，哪个单元起作用，哪张图片教会的
