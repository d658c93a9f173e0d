import BatchDomain
import BatchWorkers
import Testing

struct EnvironmentDigestTests {
    /// The examples of NIST's FIPS 180-2 and its CAVP test vectors.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
        ),
        (String(repeating: "a", count: 1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
    ])
    func `SHA-256 agrees with the standard's examples`(text: String, digest: String) {
        #expect(SHA256.hexadecimalDigest(of: text) == digest)
    }

    @Test
    func `Bytes may come in pieces`() {
        var digest = SHA256()
        for character in "abc" { digest.update(String(character).utf8) }

        #expect(digest.finalize() == SHA256.hexadecimalDigest(of: "abc"))
    }

    private let request = EnvironmentRequest(
        owner: "model wine:1",
        sources: [EnvironmentSource(file: "conda.yaml", pythonVersion: "3.11.7", requirements: ["mlflow==3.0"])],
        dated: "2026-01-31"
    )

    /// Changing this digest rebuilds every environment of every user: raise the policy's version instead.
    @Test
    func `The digest of a request stays the same from version to version`() {
        #expect(request.digest == "927108d84b232b682c845c8e96000a29752756165f9a200aa2a4f726c4c0cb2a")
    }

    @Test
    func `Owner, file name and patch release make no other environment`() {
        var other = request
        other.owner = "model beer:7"
        other.sources[0].file = "requirements.txt"
        other.sources[0].pythonVersion = "3.11"

        #expect(other.digest == request.digest)
    }

    @Test(
        arguments: [
            { $0.dated = nil },
            { $0.sources[0].requirements[0] = "mlflow==3.0.1" },
            { $0.sources[0].requirements.append("six") },
            { $0.sources[0].pythonVersion = "3.12.7" },
            { $0.sources.append($0.sources[0]) },
        ] as [@Sendable (inout EnvironmentRequest) -> Void]
    )
    func `Each thing that is asked for makes another environment`(change: @Sendable (inout EnvironmentRequest) -> Void)
    {
        var other = request
        change(&other)

        #expect(other.digest != request.digest)
    }
}
