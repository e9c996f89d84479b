"""Travel documents, pure: check digits, the MRZ grammar, kinds of document, names, dates and states.

Nothing here opens a store, a camera or the network; the only files read are the bundled tables under resources/.
"""
