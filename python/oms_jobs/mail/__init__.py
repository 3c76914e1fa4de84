"""The mailer: it takes mails out of the database, renders them, sends them and tells the outcome.

What is sent to whom, when it is tried again and when it is given up, the database says.
"""
