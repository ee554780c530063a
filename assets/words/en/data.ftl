# learning/data/cifar/mod.rs
data-it-is-cifars-version-for = it is CIFAR's version for Python, whose pickles are not read
data-it-holds-no-files-of = it holds no files of CIFAR
data-name-a-folder-that-does = name a folder that does
data-fetch-the-files-again = fetch the files again
data-there-is-no-such-file = there is no such file
data-put-it-there-or-name = put it there or name another folder with --data
data-it-is-longer-than-1 = it is longer than 1 GiB
data-fetch-the-file-again = fetch the file again
data-its-bytes-are-no-whole = its { $bytes_count } bytes are no whole number of images of { $record } bytes
data-it-is-cut-short-or = it is cut short or of another set: fetch it again
data-make-it-a-readable-text = make it a readable text file or remove it
data-it-names-classes-instead-of = it names { $names_count } classes instead of { $classes }
data-fetch-it-again-or-remove = fetch it again or remove it

# learning/data/defect.rs
data-of-its = of its { $name }: { $fact }

# learning/data/fingerprint.rs
data-passages-of-of-characters = { $train } + { $test } passages of { $columns } of { $classes } characters
data-images-of-and-classes = { $train } + { $test } images of { $channels } × { $rows } × { $columns } and { $classes } classes

# learning/data/foreign/text.rs
data-it-is-a-web-page = it is a web page
data-fetch-the-file-again-not = fetch the file again, not the page about it
data-it-is-a-servers-error = it is a server's error message
data-fetch-the-file-again-from = fetch the file again, from where it may be had
data-it-is-json = it is JSON
data-convert-it-to-csv = convert it to CSV
data-it-is-a-git-lfs = it is a Git LFS pointer, not the file itself
data-fetch-the-file-with-git = fetch the file with git lfs pull
data-it-is-a-document-rtf = it is a document (RTF)
data-save-its-table-as-csv = save its table as CSV
data-it-is-xml = it is XML
data-it-is-an-arff-file = it is an ARFF file of Weka
data-save-it-as-csv-the = save it as CSV: the names after @attribute in the first line, below them what follows @data

# learning/data/foreign/zip.rs
data-it-is-a-document-of = it is a document of an office program
data-it-is-an-archive-of = it is an archive of NumPy arrays
data-it-is-a-zip-archive = it is a ZIP archive

# learning/data/foreign.rs
data-unpack-it-and-name-the = unpack it and name the folder
data-load-it-in-python-and = load it in Python and save it as CSV
data-save-it-as-utf-8 = save it as UTF-8
data-it-is-a-workbook = it is a workbook
data-save-the-sheet-as-csv = save the sheet as CSV
data-it-is-a-picture = it is a picture
data-name-a-table-such-as = name a table, such as a CSV file
data-it-is-gzipped-twice = it is gzipped twice
data-unpack-it-once = unpack it once
data-it-is-a-7z-archive = it is a 7z archive
data-it-is-a-rar-archive = it is a RAR archive
data-it-is-packed-by-xz = it is packed by xz
data-unpack-it = unpack it
data-it-is-packed-by-zstd = it is packed by zstd
data-it-is-packed-by-lz4 = it is packed by LZ4
data-it-is-a-numpy-array = it is a NumPy array
data-it-is-an-hdf5-file = it is an HDF5 file
data-it-is-an-sqlite-database = it is an SQLite database
data-export-a-table-of-it = export a table of it as CSV
data-it-is-a-parquet-file = it is a Parquet file
data-it-is-an-arrow-feather = it is an Arrow (Feather) file
data-it-is-a-feather-file = it is a Feather file
data-it-is-a-matlab-file = it is a MATLAB file
data-save-its-variables-as-csv = save its variables as CSV
data-it-is-a-file-of = it is a file of R (RData)
data-save-it-as-csv-with = save it as CSV with write.csv
data-it-is-a-file-of-r = it is a file of R (RDS)
data-it-is-an-spss-file = it is an SPSS file
data-save-it-as-csv = save it as CSV
data-it-is-a-stata-file = it is a Stata file
data-it-is-an-idx-file = it is an IDX file, as of MNIST
data-name-its-folder-to-an = name its folder to an exhibit that learns from images
data-it-is-a-tar-archive = it is a tar archive
data-it-is-a-pickle-of = it is a pickle of Python
data-it-is-no-text = it is no text
data-it-is-packed-by-bzip2 = it is packed by bzip2
data-it-is-a-pdf-document = it is a PDF document
data-save-the-table-in-it = save the table in it as CSV, or fetch the data themselves
data-its-text-is-utf-16 = its text is UTF-16
data-its-text-is-utf-32 = its text is UTF-32

# learning/data/idx.rs
data-put-the-file-there-or = put the file there or name another folder with --data
data-make-it-readable-or-name = make it readable or name another folder with --data
data-its-gzip-stream-is-damaged = its gzip stream is damaged or cut short ({ $error })
data-it-unpacks-to-more-than = it unpacks to more than 2 GiB
data-give-a-smaller-data-set = give a smaller data set
data-images-of-pixels = { $count } images of { $rows } × { $columns } pixels
data-its-header-says-images-of = its header says images of { $a } × { $b } × { $c }, with no channels of 1 or 3
data-write-grey-images-or-red = write grey images or red, green and blue
data-images-of-pixels-in-channels = { $count } images of { $rows } × { $columns } pixels in { $channels } channels
data-its-header-says-images-of-rows = its header says images of { $rows } rows and { $columns } columns
data-labels = { $count } labels
data-it-is-empty = it is empty
data-it-ends-within-its-header = it ends within its header
data-idx-values-of-type-in = IDX values of type { $kind } in { $dimensions } dimensions
data-something-that-is-not-idx = something that is not IDX (it begins with { $zero }{ $zero_too }{ $kind }{ $dimensions })
data-it-should-hold-as-unsigned = it should hold { $wanted } as unsigned bytes but holds { $held }
data-check-which-file-is-which = check which file is which, or convert it to IDX of unsigned bytes
data-it-holds-no = it holds no { $wanted }
data-give-a-set-with-at = give a set with at least one example
data-its-header-promises-but-only = its header promises { $promise }, but only { $present } of { $expected } bytes follow
data-the-file-is-truncated-fetch = the file is truncated: fetch it again
data-its-header-promises-but-instead = its header promises { $promise }, but { $present } instead of { $expected } bytes follow
data-the-file-is-too-long = the file is too long for its header: fetch it again

# learning/data/images/classes.rs
data-correct-the-labels-or-name = correct the labels or name more classes in classes.txt
data-it-names-classes = it names { $names_count } classes
data-write-one-name-a-line = write one name a line, 1 to 256 of them
data-label-of-image-would-make = label { $highest } of image { $at } would make { $classes } classes, but only { $met } have images
data-correct-the-labels-or-name-the = correct the labels or name the classes in classes.txt
data-label-of-image-is-outside = label { $label } of image { $at } is outside the { $classes } classes

# learning/data/images/dataset.rs
data-there-is-no-such-folder = there is no such folder
data-name-a-folder-of-idx = name a folder of IDX files with --data
data-its-training-images-are-pixels = its training images are { $train_size } pixels, its test images { $test_size }
data-take-both-from-the-same = take both from the same data set

# learning/data/images/files.rs
data-it-holds-several-splits-of = it holds several splits of EMNIST: { $names }
data-put-the-four-files-of = put the four files of one of them into a folder of their own
data-it-is-a-folder-not = it is a folder, not a file
data-there-is-no-such-file-gzipped = there is no such file, gzipped (.gz) or not

# learning/data/images/part.rs
data-it-holds-labels-for-images = it holds { $labels_count } labels for { $count } images
data-take-images-and-labels-from = take images and labels from the same data set

# learning/data/not_idx.rs
data-name-a-folder-with-train = name a folder with train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, each gzipped (.gz) or not
data-convert-it-to-idx-files = convert it to IDX files of unsigned bytes, images of 28 × 28 and labels from 0 to 9
data-it-is-one-idx-file = it is one IDX file
data-name-the-folder-that-holds = name the folder that holds all four
data-it-is-a-csv-of = it is a CSV of { $columns } columns
data-it-is-not-a-folder = it is not a folder
data-name = name { $within }
data-the-idx-files-lie-in = the IDX files lie in a folder within it
data-it-holds-no-idx-files = it holds no IDX files, but { $archive }
data-unpack-it-and-name-the-folder = unpack it and name the folder with the IDX files
data-it-holds-pictures-in-files = it holds pictures in files of their own
data-it-holds-no-idx-files-but = it holds no IDX files, but { $table }
data-it-holds-no-idx-files-of = it holds no IDX files of MNIST's names

# learning/data/npz/archive.rs
data-it-is-no-whole-zip = it is no whole ZIP archive
data-save-it-with-fewer-or = save it with fewer or smaller arrays
data-it-is-a-zip-archive-of = it is a ZIP archive of more than 4 GiB
data-its-directory-does-not-lie = its directory does not lie within it
data-its = its { $name } { $fact }
data-is-encrypted = is encrypted
data-save-it-without-a-password = save it without a password
data-unpacks-to-bytes-more-than = unpacks to { $size } bytes, more than 2 GiB
data-is-not-where-the-directory = is not where the directory says
data-is-packed-in-an-unusual = is packed in an unusual way
data-save-it-with-np-savez = save it with np.savez
data-is-damaged-or-cut-short = is damaged or cut short
data-its-directory-is-damaged = its directory is damaged
data-make-it-readable-or-name-another = make it readable or name another with --data

# learning/data/npz/array.rs
data-save-it-again-with-np = save it again with np.savez
data-cast-it-with-astype-uint8 = cast it with .astype("uint8") and save it again
data-it-is-cut-short-within = it is cut short within its header
data-it-is-no-array-of = it is no array of NumPy
data-its-header-is-of-no = its header is of no version from 1 to 3
data-its-header-does-not-say = its header does not say type, order and shape
data-save-it-again-after-np = save it again after np.ascontiguousarray
data-its-numbers-are-in-fortrans = its numbers are in Fortran's order
data-its-header-promises-but-bytes = its header promises { $shape }, but { $bytes_count } bytes follow
data-number-is-outside-of-0 = number { $at } is { $value }, outside of 0 to 255
data-its-numbers-are-big-endian = its numbers are big-endian
data-its-numbers-are-of-type = its numbers are of type { $written }
data-one-number = one number

# learning/data/npz/mod.rs
data-save-images-as-count-rows = save images as count × rows × columns, or with 1 or 3 channels first or last
data-its-training-images-are-its = its training images are { $train_size }, its test images { $test_size }
data-give-both-the-same-size = give both the same size
data-its-holds-labels-for-images = its { $name } holds { $labels_count } labels for { $images } images
data-save-images-and-labels-of = save images and labels of the same data set
data-it-holds-no-arrays = it holds no arrays
data-it-holds = it holds { $names }
data-save-it-by-np-savez = save it by np.savez with x_train, y_train, x_test and y_test
data-its-is = its { $name } is { $shape }
data-save-the-number-of-each = save the number of each image's class
data-its-has-for-image = its { $name } has { $value } for image { $at }
data-number-the-classes-from-0 = number the classes from 0 on, at most 256 of them

# learning/data/open.rs
data-there-is-no-such-file-or = there is no such file or folder

# learning/data/pictures/columns.rs
data-it-has-columns = it has { $fields } columns
data-a-list-of-pictures-has = a list of pictures has one with their names and one with their classes
data-line = line { $line } { $wrong }
data-put-a-name-and-a = put a name and a class into each row
data-it-has-more-than-rows = it has more than { $most_rows } rows
data-column = column { $at }
data-it-has-no-column-of = it has no column of names of pictures, only { $written }
data-call-the-one-with-the = call the one with the pictures' files “file”
data-it-has-no-column-of-labels = it has no column of labels, only { $all }
data-call-the-one-with-the-classes = call the one with the classes “label”
data-line-is-for = line { $line } is for { $field }
data-write-train-val-or-test = write train, val or test there

# learning/data/pictures/folders.rs
data-left-out-the-folder-as = Left out: the folder { $name }, as { $used } is tested on
data-it-holds-more-than-pictures = it holds more than { $most_pictures } pictures

# learning/data/pictures/labelled.rs
data-it-holds-several-tables = it holds several tables: { $names }
data-name-the-one-with-the = name the one with the pictures' classes
data-line-leads-to = line { $line } leads to { $field }
data-write-each-name-as-a = write each name as a path within the table's folder
data-it-has-no-label = it has no label
data-it-is-named-a-second = it is named a second time
data-left-out-of-as-is = Left out: { $count } of { $part }, as { $used } is tested on
data-none-of-its-rows-is = none of its rows is to be learned from
data-write-train-in-some = write train in some
data-none-of-its-is-there = none of its { $pictures } is there, the first { $first }
data-put-them-beside-it-or = put them beside it or into one folder there
data-is-its-only-class = { $one } is its only class
data-name-pictures-of-two-or = name pictures of two or more
data-it-has-classes = it has { $train_count } classes
data-give-at-most-256-classes = give at most 256 classes

# learning/data/pictures/mod.rs
data-put-the-pictures-of-each = put the pictures of each class into a folder of its name
data-tested-on-a-fifth-of = Tested on: a fifth of each class, drawn by seed { $seed }
data-none-of-its-pictures-is = none of its pictures is left to be tested on
data-give-each-class-two-pictures = give each class two pictures that can be read
data-it-holds-pictures-but-no = it holds pictures, but no folder for a class
data-name-2 = name { $folder }
data-the-classes-lie-in-a = the classes lie in a folder within it
data-is-its-only-class-2 = { $name } is its only class
data-give-it-a-folder-for = give it a folder for each of two classes or more
data-it-has-folders-of-classes = it has { $more_count } folders of classes
data-it-has-which-the-training = it has { $unknown }, which the training lacks
data-give-both-the-same-classes = give both the same classes
data-its-of-pixels-would-take = its { $pictures } of { $rows } × { $columns } pixels would take more than 1 GiB
data-give-fewer-or-say-smaller = give fewer, or say smaller rows and columns in the description's [input]
data-of = {" "}of { $name }
data-none-of-its-can-be = none of its { $count }{ $of } can be read, { $name }: { $why }
data-it-holds-no-pictures = it holds no pictures
data-put-pictures-of-that-class = put pictures of that class there (PNG, JPEG, WebP, BMP or GIF) or remove the class

# learning/data/pictures/part.rs
data-its-decoder-gave-up = its decoder gave up
data-left-out-the-first = Left out: { $count }, the first { $named }

# learning/data/pictures/picture.rs
data-it-is-damaged-or-cut = it is damaged or cut short
data-it-is-no-file = it is no file
data-it-is-longer-than-256 = it is longer than 256 MiB
data-it-cannot-be-made-that = it cannot be made that large
data-its-format-is-not-read = its format, { $other }, is not read
data-it-is-no-png-jpeg = it is no PNG, JPEG, WebP, BMP or GIF
data-it-has-no-pixels = it has no pixels
data-it-has-pixels-more-than = it has { $height } × { $width } pixels, more than { $most_pixels }
data-it-has-more-than-pixels = it has more than { $most_pixels } pixels
data-its-format-has-a-part = its format has a part that is not read

# learning/data/pictures/places.rs
data-several-pictures-have-that-name = several pictures have that name: write their endings, too
data-there-is-no-such-picture = there is no such picture

# learning/data/pictures/single.rs
data-give-a-png-jpeg-webp = give a PNG, JPEG, WebP, BMP or GIF that can be opened
data-the-colours-of-are-made = The colours of { $name } are made grey, as the images that are learned are grey
data-is-read-as-it-is = { $name } is read as it is: its mean brightness is { $own }, that of the images that are learned { $learned }; if one is dark on light and the other light on dark, give its negative

# learning/data/table/column/fault.rs
data-is-not-utf-8 = is not UTF-8
data-holds-which-is-not-finite = holds { $field }, which is not finite
data-in-line = { $word } in line { $row }
data-then = , then { $others }
data-is-a-number = is a number
data-are-numbers = are numbers
data-holds-but-there = holds { $first }{ $also }, but { $values } there { $are }
data-holds-but-in-line = holds { $other }, but { $one } in line { $one2 }
data-holds-but-in-line-one = holds { $first }, but { $second } in line { $second2 }: one has a decimal comma, the other a decimal point
data-holds-which-does-not-fit = holds { $field }, which does not fit what --decimal-mark says
data-holds-whose-mark-may-stand = holds { $field }, whose mark may stand before decimals or between thousands: the column does not tell
data-save-the-file-as-utf = save the file as UTF-8
data-give-a-finite-number-or = give a finite number, or leave the field empty if it is missing
data-give-a-number-or-leave = give a number, or leave the field empty if it is missing
data-write-all-its-numbers-with = write all its numbers with the same sign
data-write-all-its-numbers-in = write all its numbers in one way
data-leave-decimal-mark-out-or = leave --decimal-mark out, or correct that number
data-say-decimal-mark-comma-or = say --decimal-mark comma or --decimal-mark point

# learning/data/table/heading.rs
data-fetch-it-again-or-name = fetch it again or name another file
data-line-seems-to-hold-values = line { $line } seems to hold values where the names of the columns should be: { $first }
data-say-no-header-if-it = say --no-header if it is the first row, or --header if these are names
data-line-is-a-single-field = line { $line } is a single field, { $only }, but the rows below it have { $fields }
data-take-out-what-stands-before = take out what stands before the names of the columns
data-what-comes-after-the-last = : what comes after the last is { $field }
data-has-instead-of = has { $fields } instead of { $columns }{ $beyond }
data-it-has-no-column-only = it has no column { $name }, only { $listed }
data-name-one-of-these-with = name one of these with { $option }
data-or-say-no-header-if = { $remedy }, or say --no-header if the first line holds values

# learning/data/table/opened.rs
data-put-it-there-or-name-another = put it there or name another with --data
data-you-may-not-read-it = you may not read it
data-it-is-a-folder = it is a folder
data-name-a-file-in-it = name a file in it with --data
data-at-line = {" "}at line { $line }
data-its-gzip-stream-is-damaged-or = its gzip stream is damaged or cut short{ $place } ({ $error })

# learning/data/table/rows.rs
data-line-column-is-not-utf = line { $line }, column { $at }, is not UTF-8
data-the-quotation-mark-in-line = the quotation mark in line { $line } before { $first } is not closed where its field ends
data-close-it-or-leave-it = close it, or leave it out
data-the-row-at-line-goes = the row at line { $line } goes on for more than 1 MiB
data-close-the-quotation-mark-that = close the quotation mark that is open there

# learning/data/table/sheet.rs
data-give-each-row-as-many = give each row as many fields as there are names, and quote what holds a separator
data-line-2 = line { $line } { $why }
data-it-has-too-many-rows = it has too many rows
data-give-a-part-of-it = give a part of it
data-it-names-columns-but-holds = it names columns but holds no row
data-name-another-file-with-data = name another file with --data
data-the-first-column-has-no = The first column has no name and numbers the rows: it is left out
data-columns-are-called-by-their = Columns are called by their places, as the file does not name them
data-text-that-differs-from-row = Text that differs from row to row is not learned from: { $texts }
data-no-row-has-a-value = No row has a value in { $empty }
data-in = { $missing } in { $name }
data-and-more-in-others = {" "}and more in { $more } others
data-missing-values = Missing values: { $named }{ $more }
data-the-numbers-in-are-in = The numbers in { $column } are in { $sign }
data-in-this-counts-as-missing = In { $column } this counts as missing: { $words }
data-is-no-column-of-numbers = { $column } is no column of numbers: { $words } of its { $numbers } values are none, the first { $word } in line { $of }
data-line-column = line { $row }, column { $name }, { $fact }
data-its-first-row-is-a = its first row is a single field, { $name }
data-put-commas-semicolons-tabs-or = put commas, semicolons, tabs or bars between the fields instead of blanks
data-give-a-table-with-commas = give a table with commas, semicolons, tabs or bars between its fields
data-it-is-a-folder-with = it is a folder with { $tables_count } files of the kind .csv
data-name-the-file-itself-with = name the file itself with --data

# learning/data/text/alphabet.rs
data-left-out-of-the-text = Left out: { $characters }, { $stand } % of the text, stand as “{ $rare }”, because { $why }.
data-at-most-are-told-apart = at most { $most } are told apart
data-the-network-knows-no-others = the network knows no others

# learning/data/text/mod.rs
data-it-has-characters-that-the = it has characters that the network does not know: { $strange }
data-write-them-otherwise-or-let = write them otherwise, or let a network learn it from its description
data-it-has-characters-but-the = it has { $places_count } characters, but the network sees { $context } at once
data-name-a-text-of-at = name a text of at least { $least }, or make context smaller
data-is-nowhere-in-the-text = “{ $letter }” is nowhere in the text that it learns: leave it out

# learning/data/text/read.rs
data-name-a-file-of-text = name a file of text in UTF-8, or a folder of files that end in .txt
data-it-holds-no-file-that = it holds no file that ends in .txt
data-it-is-no-plain-file = it is no plain file
data-with-it-the-text-is = with it the text is longer than { $most_bytes } MiB
data-is-no-text = { $path } is no text
data-it-is-no-text-in = it is no text in UTF-8

# learning/data/unknown.rs
data-name-a-folder-of-idx-files = name a folder of IDX files, of CIFAR's binary version or with a folder of pictures for each class, a CSV of pictures and their classes, or an .npz file with x_train, y_train, x_test and y_test
data-it-is-neither-a-file = it is neither a file nor a folder
data-it-is-of-no-kind = it is of no kind that is known
data-it-is-a-text = it is a text
data-name-3 = name { $known }
data-the-data-lie-within-it = the data lie within it
data-it-holds-no-images-but = it holds no images, but { $archive }
data-unpack-that-and-name-the = unpack that and name the folder that comes of it
data-it-holds-no-images-that = it holds no images that are known, but { $first }

# learning/data/idx.rs
data-images = images
data-labels-2 = labels

