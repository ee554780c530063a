# words/in_phrase.rs
system-not-found = there is no such file or folder
system-not-permitted = the system does not permit it
system-exists = there is one already
system-is-a-folder = it is a folder
system-is-no-folder = what should be a folder is none
system-disk-full = the disk is full
system-quota-exceeded = no more may be stored there
system-file-too-large = the file would be longer than may be
system-read-only = nothing can be written there
system-out-of-memory = there is not enough memory
system-address-in-use = another program listens there
system-no-such-address = this machine has no such address
system-nobody-listens = nobody listens there
system-hung-up = the other side has hung up
system-unreachable = no network leads there
system-not-in-time = nothing was heard in time
