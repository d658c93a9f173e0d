extension DeploymentSettings {
    /// Attempts at a mini-batch, 1 or more: files for Azure say `max_retries: 0` where nothing may be scored a second time.
    package var attempts: Int { max(1, maxRetries) }
}
