"""The eight steps, what follows, and whose turn it is. The tables here are the truth; rows keep their print."""
