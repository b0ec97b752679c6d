"""The working environment of Konvergo: setup, JupyterLab, and the command that reproduces."""
