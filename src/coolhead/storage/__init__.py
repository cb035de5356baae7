"""What is kept: the database, its tables, one repository file a noun, and the migrations.

Repository functions take a connection and never commit; who may see what is decided above, in services.
"""
