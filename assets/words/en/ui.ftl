# world/ui/notice.rs
ui-dismiss = Dismiss

# world/ui/sheet.rs
ui-no-number = no number
