"""Questions asked of a case beside its plan: what if a scenario comes true."""
