namespace Tidemark.Server.Hooks.Signing;

/// <summary>What the headers of a delivery say of its signature, before anything of it is believed.</summary>
/// <param name="Prefix">What was signed in front of the body.</param>
/// <param name="Signatures">HMAC-SHA256 each, 32 bytes; one of them has to be right.</param>
internal sealed record SignatureClaim(byte[] Prefix, IReadOnlyList<byte[]> Signatures)
{
    /// <summary>So many are looked at: a sender that changes its secret signs with two.</summary>
    public const int MostSignatures = 16;

    /// <summary>Ed25519 each, 64 bytes; one of these, or of the others, has to be right.</summary>
    public IReadOnlyList<byte[]> OfPairs { get; init; } = [];

    /// <summary>When it was signed; null: the scheme has no time.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>What names the delivery, however often it is sent; null: the scheme has no name that is signed.</summary>
    public string? Id { get; init; }
}
