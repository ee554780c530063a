# Numbers of things: $count chooses the form, $number is how it is written.
count-array =
    { $count ->
        [one] { $number } array
       *[other] { $number } arrays
    }
count-book =
    { $count ->
        [one] { $number } book
       *[other] { $number } books
    }
count-case =
    { $count ->
        [one] { $number } case
       *[other] { $number } cases
    }
count-character =
    { $count ->
        [one] { $number } character
       *[other] { $number } characters
    }
count-component =
    { $count ->
        [one] { $number } component
       *[other] { $number } components
    }
count-epoch =
    { $count ->
        [one] { $number } epoch
       *[other] { $number } epochs
    }
count-example =
    { $count ->
        [one] { $number } example
       *[other] { $number } examples
    }
count-feature =
    { $count ->
        [one] { $number } feature
       *[other] { $number } features
    }
count-field =
    { $count ->
        [one] { $number } field
       *[other] { $number } fields
    }
count-file =
    { $count ->
        [one] { $number } file
       *[other] { $number } files
    }
count-film =
    { $count ->
        [one] { $number } film
       *[other] { $number } films
    }
count-image =
    { $count ->
        [one] { $number } image
       *[other] { $number } images
    }
count-item =
    { $count ->
        [one] { $number } item
       *[other] { $number } items
    }
count-iteration =
    { $count ->
        [one] { $number } iteration
       *[other] { $number } iterations
    }
count-layer =
    { $count ->
        [one] { $number } layer
       *[other] { $number } layers
    }
count-multiply-add =
    { $count ->
        [one] { $number } multiply-add
       *[other] { $number } multiply-adds
    }
count-network =
    { $count ->
        [one] { $number } network
       *[other] { $number } networks
    }
count-number =
    { $count ->
        [one] { $number } number
       *[other] { $number } numbers
    }
count-other-value =
    { $count ->
        [one] { $number } other value
       *[other] { $number } other values
    }
count-parameter =
    { $count ->
        [one] { $number } parameter
       *[other] { $number } parameters
    }
count-passage =
    { $count ->
        [one] { $number } passage
       *[other] { $number } passages
    }
count-person =
    { $count ->
        [one] { $number } person
       *[other] { $number } people
    }
count-picture =
    { $count ->
        [one] { $number } picture
       *[other] { $number } pictures
    }
count-place =
    { $count ->
        [one] { $number } place
       *[other] { $number } places
    }
count-point =
    { $count ->
        [one] { $number } point
       *[other] { $number } points
    }
count-rating =
    { $count ->
        [one] { $number } rating
       *[other] { $number } ratings
    }
count-report =
    { $count ->
        [one] { $number } report
       *[other] { $number } reports
    }
count-row =
    { $count ->
        [one] { $number } row
       *[other] { $number } rows
    }
count-state =
    { $count ->
        [one] { $number } state
       *[other] { $number } states
    }
count-step =
    { $count ->
        [one] { $number } step
       *[other] { $number } steps
    }
count-test-image =
    { $count ->
        [one] { $number } test image
       *[other] { $number } test images
    }
count-thread =
    { $count ->
        [one] { $number } thread
       *[other] { $number } threads
    }
count-token =
    { $count ->
        [one] { $number } token
       *[other] { $number } tokens
    }
count-training-image =
    { $count ->
        [one] { $number } training image
       *[other] { $number } training images
    }
count-unit =
    { $count ->
        [one] { $number } unit
       *[other] { $number } units
    }
count-word =
    { $count ->
        [one] { $number } word
       *[other] { $number } words
    }
one-image = image
many-image = images
one-row = row
many-row = rows
one-rating = rating
many-rating = ratings
one-point = point
many-point = points
one-passage = passage
many-passage = passages
one-example = example
many-example = examples
none-parameter = no parameters
none-multiply-add = no multiply-adds
count-desk-picture =
    { $count ->
        [one] { $number } picture
       *[other] { $number } pictures
    }
# Large numbers that are told roughly, as the language counts them; each has only its own.
count-in-millions = { $number } million
count-in-billions = { $number } billion
count-in-ten-thousands = { $number } × 10,000
count-in-hundred-millions = { $number } × 100 million
count-in-trillions = { $number } trillion
