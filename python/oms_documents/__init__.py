"""What we hand to people: documents rendered from the database, and where they are kept."""
