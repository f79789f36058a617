# Where an obligation stands: in words, and as the letter on the board.
standing-done = done on time
standing-done-letter = D
standing-late = done late
standing-late-letter = L
standing-overdue = overdue
standing-overdue-letter = O
standing-due-soon = due soon
standing-due-soon-letter = s
standing-pending = not due yet
standing-pending-letter = { "." }
standing-returned = returned
standing-returned-letter = R
standing-excused = excused
standing-excused-letter = x
standing-waiting = awaiting instruction
standing-waiting-letter = w
