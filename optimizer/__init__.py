"""Planning software for exercises and deployments: workbook in, verified plan out."""

__version__ = "0.1.0"
