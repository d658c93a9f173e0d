# Runtime
