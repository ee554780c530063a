# world/xr/actions/mod.rs
xr-hall = Hall
xr-point = Point
xr-hold = Hold
xr-press = Press
xr-grab = Grab
xr-travel = Travel
xr-travel-with-a-pad = Travel with a pad
xr-pause-or-go-on = Pause or go on
xr-back = Back
xr-menu = Menu
xr-tick = Tick

# world/xr/graphics.rs
xr-its-driver-shares-no-pictures = its driver shares no pictures
xr-it-is-not-driven-by = it is not driven by Vulkan

# world/xr/manifest.rs
xr-no-openxr-runtime-is-active = no OpenXR runtime is active, as { $at } cannot be read
xr-the-file-that-names-the = the file that names the OpenXR runtime, { $at }, is broken in line { $line }
xr-the-file-that-names-the-openxr = the file that names the OpenXR runtime, { $at }, names no library
xr-the-library-of-the-openxr = the library of the OpenXR runtime, { $path }, which { $at } names, is missing
xr-the-library-of-the-openxr-runtime = the library of the OpenXR runtime, { $library }, which { $at } names, cannot be loaded; install the runtime again

# world/xr/runtime.rs
xr-there-is-no-openxr-loader = there is no OpenXR loader ({ $value })
xr-no-openxr-runtime-is-active-2 = no OpenXR runtime is active
xr-the-openxr-runtime-does-not = the OpenXR runtime does not answer; its service may not run
xr-the-openxr-runtime-cannot-be = the OpenXR runtime cannot be drawn for with Vulkan
xr-finds-no-headset-connect-it = { $value } finds no headset; connect it and switch it on
xr-the-openxr-runtime-refused = the OpenXR runtime refused: { $value }
xr-its-graphics-device-cannot-be = its graphics device cannot be used: { $value }
xr-its-pictures-would-be-drawn = its pictures would be drawn by another graphics device than the window's; start the program again

# world/xr/screenshot.rs
xr-what-the-eyes-see-is = What the eyes see is saved beside it, up to { $file }

# world/xr/session.rs
xr-the-headset-cannot-be-entered = The headset cannot be entered: { $why }.
xr-it-has-no-views = it has no views
xr-it-takes-no-8-bit = it takes no 8-bit sRGB pictures
xr-it-knows-no-floor = it knows no floor
xr-the-openxr-runtime-is-about = The OpenXR runtime is about to end.
xr-the-openxr-runtime-ended-the = The OpenXR runtime ended the session.
xr-the-headsets-runtime-has-gone = The headset's runtime has gone, so the hall is in the window again. Start it anew, then press Enter VR.
