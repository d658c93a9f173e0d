import BatchDomain
import Testing

struct JobVariablesTests {
    @Test(
        arguments: [
            "UV_DEFAULT_INDEX", "PIP_INDEX_URL", "http_proxy", "HTTPS_PROXY", "no_proxy", "ALL_PROXY",
            "BATCHSTUDIO_BUILD_FROM_SOURCE", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "AWS_PROFILE",
            "AZURE_CLIENT_SECRET",
        ]
    )
    func `What decides how a job is built, fetched and run goes with it`(name: String) {
        #expect(JobVariables.include(name))
    }

    @Test(arguments: [
        "PATH", "HOME", "BATCHSTUDIO_WORKSPACE", "BATCHSTUDIO_WORKSPACE_ID", "BATCHSTUDIO_TOKEN", "AZUREML_MODEL_DIR",
    ])
    func `What belongs to the executor stays with it`(name: String) {
        #expect(!JobVariables.include(name))
    }

    @Test func `A job's variables take the place of the executor's, those that it has not too`() {
        let executor = ["PATH": "/bin", "HTTPS_PROXY": "http://old", "AWS_PROFILE": "old"]
        #expect(
            JobVariables.environment(executor, with: ["AWS_PROFILE": "new"]) == ["PATH": "/bin", "AWS_PROFILE": "new"]
        )
        #expect(JobVariables.environment(executor, with: [:]) == ["PATH": "/bin"])
        #expect(JobVariables.environment(executor, with: nil) == executor)
    }
}
