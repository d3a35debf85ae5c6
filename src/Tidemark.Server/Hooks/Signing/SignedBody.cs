using System.Security.Cryptography;

namespace Tidemark.Server.Hooks.Signing;

/// <summary>
/// Computes what a body's signature must be while it is read, under each secret, so that nothing of it has to be kept, understood or trusted
/// before it is known whose it is.
/// </summary>
internal sealed class SignedBody : IDisposable
{
    /// <summary>Of an HMAC-SHA256.</summary>
    public const int Bytes = HMACSHA256.HashSizeInBytes;

    private readonly SignatureClaim _claim;
    private readonly List<IncrementalHash> _hashes;

    /// <param name="claim">What its headers say.</param>
    /// <param name="keys">The secrets, as bytes.</param>
    public SignedBody(SignatureClaim claim, IReadOnlyList<byte[]> keys)
    {
        _claim = claim;
        _hashes = [.. keys.Select(key => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key))];
        Append(claim.Prefix);
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        foreach (var hash in _hashes)
        {
            hash.AppendData(bytes);
        }
    }

    /// <summary>Once, when all of it was appended. Takes as long whichever signature is right, or none.</summary>
    /// <exception cref="Problems.HttpProblem">No signature is right; or one is, and it is too old or of a time to come.</exception>
    public void Require(DateTimeOffset now, TimeSpan tolerance)
    {
        var isRight = false;
        Span<byte> expected = stackalloc byte[Bytes];
        foreach (var hash in _hashes)
        {
            hash.GetHashAndReset(expected);
            foreach (var signature in _claim.Signatures)
            {
                isRight |= CryptographicOperations.FixedTimeEquals(expected, signature);
            }
        }

        if (!isRight)
        {
            throw HookRefusal.Wrong();
        }

        if (_claim.SentAt is { } sent && (now - sent).Duration() > tolerance)
        {
            throw HookRefusal.Late(now - sent, tolerance);
        }
    }

    public void Dispose() => _hashes.ForEach(hash => hash.Dispose());
}
