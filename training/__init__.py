"""Building and measuring models: reads seeds/ and users' labels, writes models/."""
