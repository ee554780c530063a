"""What PyTorch's optimisers make of the weight 1 with the gradients 0.5, -0.25 and 0.125: writes optimisers.csv.

Run with Debian 12's python3-torch 1.13.1: python3 tests/network/optimisers.py > tests/network/optimisers.csv
"""
import torch

RULES = [
    ('optimiser="sgd" learning_rate=0.1', lambda p: torch.optim.SGD(p, lr=0.1)),
    ('optimiser="sgd" learning_rate=0.1 momentum=0.9', lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9)),
    ('optimiser="sgd" learning_rate=0.1 momentum=0.9 nesterov=true weight_decay=0.01',
     lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.01)),
    ('optimiser="adam" learning_rate=0.01', lambda p: torch.optim.Adam(p, lr=0.01)),
    ('optimiser="adam" learning_rate=0.01 weight_decay=0.1 beta1=0.8 beta2=0.99 eps=1e-4',
     lambda p: torch.optim.Adam(p, lr=0.01, betas=(0.8, 0.99), eps=1e-4, weight_decay=0.1)),
    ('optimiser="adamw" learning_rate=0.01 weight_decay=0.1', lambda p: torch.optim.AdamW(p, lr=0.01, weight_decay=0.1)),
    ('optimiser="rmsprop" learning_rate=0.01', lambda p: torch.optim.RMSprop(p, lr=0.01)),
    ('optimiser="rmsprop" learning_rate=0.01 momentum=0.5 alpha=0.9 weight_decay=0.1',
     lambda p: torch.optim.RMSprop(p, lr=0.01, momentum=0.5, alpha=0.9, weight_decay=0.1)),
]

print("settings;weights after each step")
for settings, make in RULES:
    weight = torch.ones(1, dtype=torch.float64, requires_grad=True)
    rule = make([weight])
    after = []
    for gradient in (0.5, -0.25, 0.125):
        weight.grad = torch.full((1,), gradient, dtype=torch.float64)
        rule.step()
        after.append(repr(weight.item()))
    print(f"{settings};{','.join(after)}")
