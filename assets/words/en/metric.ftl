metric-loss = loss
metric-accuracy = accuracy
metric-rmse = rmse
metric-mae = mae
