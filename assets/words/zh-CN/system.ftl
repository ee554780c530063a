# words/in_phrase.rs
system-not-found = 没有这个文件或文件夹
system-not-permitted = 系统不允许
system-exists = 已经有一个了
system-is-a-folder = 它是一个文件夹
system-is-no-folder = 应为文件夹之处不是文件夹
system-disk-full = 磁盘已满
system-quota-exceeded = 那里不许再存更多
system-file-too-large = 文件会超过允许的长度
system-read-only = 那里无法写入
system-out-of-memory = 内存不足
system-address-in-use = 另一个程序正在那里监听
system-no-such-address = 本机没有这个地址
system-nobody-listens = 那里没有程序在监听
system-hung-up = 对方已断开
system-unreachable = 没有网络通向那里
system-not-in-time = 在限定时间内没有回应
