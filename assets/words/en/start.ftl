# app.rs
start-no-vulkan-metal-or-directx = no Vulkan, Metal or DirectX 12 device was found, so the hall cannot be drawn: install your graphics driver (on Debian or Ubuntu `apt-get install mesa-vulkan-drivers` draws without a GPU), or use --mode terminal
start-a-library-or-driver-that = a library or driver that it needs is missing or broken (for X11 on Debian or Ubuntu: libxkbcommon-x11-0 libx11-xcb1 libxcursor1 libxi6 libxrandr2 mesa-vulkan-drivers), RUST_LOG=debug says more
start-the-hall-had-to-close = the hall had to close: the log above says why
start-the-picture-could-not-be = the picture could not be drawn; the log above says why
start-perceptarium = Perceptarium

# asset_path.rs
start-there-is-no-folder-of = There is no folder “{ $name }” of this program in { $looked }: put the one that came with it beside the program, or name its parent in BEVY_ASSET_ROOT.
start-the-folder-cannot-be-read = The folder { $folder } cannot be read ({ $error }): allow reading it, or name the parent of another one in BEVY_ASSET_ROOT.

# check.rs
start-holds-more-than-files-and = { $path } holds more than { $most_folders } files and folders: name the one with the cases.
start-holds-no-conformance-case-name = { $path } holds no conformance case: name a folder with model.onnx and its data, or one of such folders.
start-failed-its-line-says-what = { $failed } failed: its line says what it gave instead.

# display_server/asked.rs
start-neither-display-nor-wayland-display = neither DISPLAY nor WAYLAND_DISPLAY names a display
start-and = { $wayland }, and { $x11 }

# display_server/wayland.rs
start-wayland-display-leads-nowhere-without = WAYLAND_DISPLAY={ $display } leads nowhere without the folder XDG_RUNTIME_DIR
start-no-wayland-compositor-listens-at = no Wayland compositor listens at { $at }
start-what-listens-at-as-wayland = what listens at { $at } as Wayland does not answer
start-waylands-library-libwayland-client-is = Wayland's library libwayland-client is missing
start-what-listens-at-is-no = what listens at { $at } is no Wayland compositor
start-the-wayland-compositor-at-offers = the Wayland compositor at { $at } offers no { $lacking }

# display_server/x11.rs
start-what-listens-at-does-not = what listens at { $at } does not answer
start-names-no-display = { $at } names no display
start-the-x-server-at-has = the X server at { $at } has no such screen
start-no-x-server-listens-at = no X server listens at { $at }
start-what-listens-at-is-no-x = what listens at { $at } is no X server
start-the-x-server-at-lets = the X server at { $at } lets this program not in (“{ $reason }”)

# narrator.rs
start-epoch = {" "} epoch  { $headings }
start-training = training
start-test = test
start-in-s = { $steps } in { $seconds } s

# program.rs
start-there-is-no-exhibit-to = There is no exhibit to visit.
start-no-window-can-open = no window can open: { $nowindow }
start-x11-is-tried-as-on = X11 is tried, as on Wayland { $why }.
start-the-training-is-told-in = The training is told in the terminal, as { $why }.
start-no-window-can-open-here = No window can open here, as { $nowindow }: mend that, or use --mode terminal.
start-a-window-opens-on-x11 = A window opens on X11, as { $why }.
start-and-the-program-cannot-be = { $why }, and the program cannot be started again for X11 ({ $error })
start-there-is-no-exhibit = there is no exhibit { $name }
start-the-hall-opens-in-the = The hall opens in the headset, { $name }.
start-mode-headset-finds-none-to = --mode headset finds none to enter, as { $why }: mend that, or use --mode window.
start-no-headset-can-be-entered = no headset can be entered: { $why }
start-no-graphics-driver-answers = no graphics driver answers
start-the-hall-opens-in-a = The hall opens in a window, as { $no_headset }.
start-the-training-is-told-in-the = The training is told in the terminal, as no window can open: { $why }.
start-no-picture-can-be-drawn = No picture can be drawn here, as { $why }: install one, such as mesa-vulkan-drivers on Debian or Ubuntu.
start-no-window-can-open-here-as = No window can open here, as { $why }: start it from a graphical session, or use --mode terminal.
start-the-screenshot-cannot-be-written = The screenshot cannot be written to { $file } ({ $error }): give --screenshot a file in a folder you may write to.
start-perceptarium-2 = perceptarium: { $sentence }

# sentence.rs
start-many-a-second = { $many }/s
start-and-a-second = , { $speed }
start-a-second = { $counted }/s
start-of-split = { $what } { $name }

# python_package.rs
start-the-python-package-is-in = The Python package is in { $file }: install it with “pip install { $file }”.
start-the-python-package-cannot-be = { $file } cannot be written ({ $error }): name a folder that you may write to.
