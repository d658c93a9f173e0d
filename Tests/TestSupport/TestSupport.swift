// Shared fixtures.
