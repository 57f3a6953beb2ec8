"""What is asked of a literature database: the words of a question, and their form in each database."""
