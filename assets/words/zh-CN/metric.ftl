metric-loss = 损失
metric-accuracy = 准确率
metric-rmse = RMSE
metric-mae = MAE
