import BatchDomain
import Testing

@testable import BatchWorkers

/// Reading uv's words, and keeping secrets out of ours.
struct EnvironmentWordsTests {
    /// uv's own output, as 0.13.9 prints it.
    @Test
    func `A pin without wheels is unsatisfiable and named`() {
        let words = UVWords(lines: [
            "Using Python 3.11.7 environment at: e1",
            "error: No solution found when resolving dependencies",
            "  cause: Because scikit-learn==0.24.2 has no usable wheels and you require scikit-learn==0.24.2, we can conclude "
                + "that your requirements are unsatisfiable.",
            "",
            "hint: Wheels are required for `scikit-learn` because building from source is disabled for all packages",
        ])

        #expect(
            words.meaning
                == .attempt(
                    .unsatisfiable(mentioned: ["scikit-learn"], wheelless: ["scikit-learn"], reason: words.reason)
                )
        )
        #expect(words.reason.hasPrefix("Because scikit-learn==0.24.2 has no usable wheels"))
    }

    @Test
    func `Packages that a date leaves without wheels or releases are named`() {
        let words = UVWords(lines: [
            "error: No solution found when resolving dependencies",
            "  cause: Because all versions of prometheus-flask-exporter have no usable wheels and mlflow==1.14.1 depends on",
            "hint: `Ray` was filtered by `exclude-newer` to only include packages uploaded before 2024-01-02T00:00:00Z.",
        ])

        #expect(
            words.meaning
                == .attempt(
                    .unsatisfiable(
                        mentioned: ["mlflow"],
                        wheelless: ["prometheus-flask-exporter", "ray"],
                        reason: words.reason
                    )
                )
        )
    }

    @Test(arguments: [
        (
            "  cause: Because no-such-thing was not found in the package registry and you require no-such-thing, we can",
            UVWords.Meaning.attempt(
                .unknownPackage(
                    "no-such-thing",
                    reason:
                        "Because no-such-thing was not found in the package registry and you require no-such-thing, we can"
                )
            )
        ),
        ("error: failed to copy: No space left on device (os error 28)", .diskFull),
        (
            "error: Couldn't parse requirement in `r.txt` at position 0",
            .attempt(.invalid(reason: "Couldn't parse requirement in `r.txt` at position 0"))
        ),
        ("  cause: dns error", .noNetwork("dns error")),
        ("  cause: invalid peer certificate: UnknownIssuer", .untrusted("invalid peer certificate: UnknownIssuer")),
        (
            "  cause: HTTP status client error (401 Unauthorized)",
            .refused("HTTP status client error (401 Unauthorized)")
        ),
        ("error: something new", .attempt(.other(reason: "something new"))),
    ])
    func `Each kind of failure is told apart`(line: String, meaning: UVWords.Meaning) {
        #expect(UVWords(lines: [line]).meaning == meaning)
    }

    @Test(arguments: [
        ("see https://ann:s3cret@pypi.example/simple/ now", "see https://***@pypi.example/simple/ now"),
        ("`https://token@pypi.example/a`", "`https://***@pypi.example/a`"),
        ("https://x.blob.example/w.whl?sv=1&sig=abc", "https://x.blob.example/w.whl?***"),
        ("https://pypi.org/simple/a@1?x=1 and http://b/", "https://pypi.org/simple/a@1?x=1 and http://b/"),
        ("six @ https://example.org/six.whl", "six @ https://example.org/six.whl"),
        ("no address: a@b", "no address: a@b"),
        ("(http://ann:pa,s's)w@host/x)", "(http://***@host/x)"),
    ])
    func `Credentials in addresses are masked, all else stays`(text: String, masked: String) {
        #expect(SecretMask.masked(text) == masked)
    }

    @Test
    func `pip's variables are told to uv in its own words`() {
        let settings = PackageIndexSettings(
            variables: [
                "PIP_INDEX_URL": "https://a/simple", "PIP_EXTRA_INDEX_URL": "https://b/simple\nhttps://c/simple",
                "PIP_FIND_LINKS": "/one /two", "PIP_CERT": "/certs.pem",
            ],
            configurations: []
        )

        #expect(
            settings.uvVariables == [
                "UV_DEFAULT_INDEX": "https://a/simple", "UV_INDEX": "https://b/simple https://c/simple",
                "UV_FIND_LINKS": "/one,/two", "SSL_CERT_FILE": "/certs.pem",
            ]
        )
    }

    @Test(arguments: ["pip": "unsafe-best-match", "unsafe-first-match": "unsafe-first-match"])
    func `Another way to choose among indexes is the user's decision`(named: String, uv: String) {
        let variables = ["PIP_EXTRA_INDEX_URL": "https://b/simple", "BATCHSTUDIO_INDEX_STRATEGY": named]
        let settings = PackageIndexSettings(variables: variables, configurations: []).uvVariables
        #expect(settings["UV_INDEX_STRATEGY"] == uv)
    }

    @Test
    func `What is set for uv itself wins over pip's variables, and those over pip's files`() {
        let file = "[global]\nindex-url = https://file/simple\ntrusted-host =\n  one\n  two\n[freeze]\ntimeout = 1\n"
        let own = PackageIndexSettings(
            variables: ["UV_INDEX_URL": "https://uv/simple", "PIP_INDEX_URL": "https://pip/simple"],
            configurations: [file]
        )
        let pip = PackageIndexSettings(variables: ["PIP_INDEX_URL": "https://pip/simple"], configurations: [file])
        let none = PackageIndexSettings(
            variables: [:],
            configurations: [file, "[install]\nindex_url=https://later/simple"]
        )

        #expect(own.uvVariables == ["UV_INSECURE_HOST": "one two"])
        #expect(pip.uvVariables["UV_DEFAULT_INDEX"] == "https://pip/simple")
        #expect(none.uvVariables["UV_DEFAULT_INDEX"] == "https://later/simple")
    }
}
