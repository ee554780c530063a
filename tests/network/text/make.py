"""A small decoder transformer of PyTorch 1.13: its first weights, and what it says and learns: python3 make.py.

state.pt holds the weights, said.csv the logits of two passages, the losses of four steps of AdamW, the gradient of the
first attention's projection in the first of them, and the logits afterwards.
"""

import sys
from pathlib import Path

import torch
from torch import nn

here = Path(__file__).parent


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.ln_1 = nn.LayerNorm(width)
        self.attn = nn.MultiheadAttention(width, heads, batch_first=True)
        self.ln_2 = nn.LayerNorm(width)
        self.c_fc = nn.Linear(width, 4 * width)
        self.c_proj = nn.Linear(4 * width, width)

    def forward(self, x):
        seen = self.ln_1(x)
        behind = torch.triu(torch.ones(x.shape[1], x.shape[1], dtype=torch.bool), 1)
        x = x + self.attn(seen, seen, seen, attn_mask=behind, need_weights=False)[0]
        return x + self.c_proj(nn.functional.gelu(self.c_fc(self.ln_2(x))))


class Transformer(nn.Module):
    def __init__(self, characters, context, width, heads, blocks, std=1.0):
        super().__init__()
        self.wte = nn.Embedding(characters, width)
        self.wpe = nn.Embedding(context, width)
        self.h = nn.Sequential(*[Block(width, heads) for _ in range(blocks)])
        self.ln_f = nn.LayerNorm(width)
        self.lm_head = nn.Linear(width, characters, bias=False)
        for table in [self.wte, self.wpe]:
            nn.init.normal_(table.weight, std=std)

    def forward(self, tokens):
        return self.lm_head(self.ln_f(self.h(self.wte(tokens) + self.wpe.weight)))


def main():
    torch.manual_seed(5)
    net = Transformer(characters=7, context=6, width=8, heads=2, blocks=2)
    torch.save(net.state_dict(), here / "state.pt")
    tokens = torch.arange(12).reshape(2, 6) * 5 % 7
    truth = torch.arange(12).reshape(2, 6) * 3 % 7
    optimiser = torch.optim.AdamW(net.parameters(), 0.01, weight_decay=0.01)
    rows = [net(tokens).detach().flatten()]
    losses = []
    for step in range(4):
        optimiser.zero_grad()
        loss = nn.functional.cross_entropy(net(tokens).flatten(0, 1), truth.flatten())
        loss.backward()
        if step == 0:
            gradient = net.h[0].attn.in_proj_weight.grad.clone().flatten()
        optimiser.step()
        losses.append(loss.item())
    rows += [torch.tensor(losses), gradient, net(tokens).detach().flatten()]
    said = "\n".join(",".join(f"{number:.9g}" for number in row.tolist()) for row in rows)
    (here / "said.csv").write_text(said + "\n")


if __name__ == "__main__":
    main()
