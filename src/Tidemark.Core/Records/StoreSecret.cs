using System.Security.Cryptography;
using System.Text;

namespace Tidemark.Records;

/// <summary>What a store has of its own: names of what was forgotten are hashed with it, and receipts are signed with it.</summary>
/// <param name="Salt">32 random bytes, in base 64.</param>
/// <param name="SigningKey">An ECDSA key on P-256, PKCS #8 in base 64.</param>
public sealed record StoreSecret(string Salt, string SigningKey)
{
    /// <summary>A new one.</summary>
    public static StoreSecret Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new StoreSecret(
            Convert.ToBase64String(RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes)), Convert.ToBase64String(key.ExportPkcs8PrivateKey()));
    }

    /// <summary>The name under which something is remembered that nobody may read any more: <c>sha256:</c> and an HMAC.</summary>
    public string HashOf(SafeguardScope scope, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var content = Encoding.UTF8.GetBytes($"{SafeguardNames.Of(scope)}\n{name}");
        return "sha256:" + Convert.ToHexStringLower(HMACSHA256.HashData(Convert.FromBase64String(Salt), content));
    }

    /// <summary>A signature of ECDSA with SHA-256 (IEEE P1363), and the public key (SubjectPublicKeyInfo), both in base 64.</summary>
    public (string Signature, string PublicKey) Sign(ReadOnlySpan<byte> content)
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(SigningKey), out _);
        return (Convert.ToBase64String(key.SignData(content, HashAlgorithmName.SHA256)), Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()));
    }

    /// <summary>Neither of the two is for logs.</summary>
    public override string ToString() => nameof(StoreSecret);
}
