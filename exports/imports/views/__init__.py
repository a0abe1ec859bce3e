"""The screens of the import centre. Each only translates HTTP; the verbs are in services.py."""
