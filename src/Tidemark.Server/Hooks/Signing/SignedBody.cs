using System.Buffers;
using System.Security.Cryptography;
using Org.BouncyCastle.Math.EC.Rfc8032;
using Tidemark.Server.Http;

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
    private readonly IReadOnlyList<byte[]> _pairs;
    private readonly int _most;

    /// <summary>What Ed25519 checks it checks as a whole; null: nothing of it is asked for.</summary>
    private readonly ArrayBufferWriter<byte>? _whole;
    private bool _isTooLong;

    /// <param name="claim">What its headers say.</param>
    /// <param name="keys">What senders are known by.</param>
    /// <param name="most">Bytes of a body that are kept for a signature of a pair of keys.</param>
    public SignedBody(SignatureClaim claim, HookKeys keys, int most)
    {
        (_claim, _pairs) = (claim, keys.Public);
        _most = claim.Prefix.Length + most;
        _whole = keys.Public.Count > 0 && claim.OfPairs.Count > 0 ? new ArrayBufferWriter<byte>() : null;
        _hashes = [.. keys.Shared.Select(key => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key))];
        Append(claim.Prefix);
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_whole is not null && !_isTooLong)
        {
            _isTooLong = _whole.WrittenCount + bytes.Length > _most;
            if (!_isTooLong)
            {
                _whole.Write(bytes);
            }
        }

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

        if (!isRight && !IsRightByPair())
        {
            throw _isTooLong ? RequestContent.TooLarge(_most - _claim.Prefix.Length) : HookRefusal.Wrong();
        }

        if (_claim.SentAt is { } sent && (now - sent).Duration() > tolerance)
        {
            throw HookRefusal.Late(now - sent, tolerance);
        }
    }

    /// <summary>Nothing about it is secret, so that it need not take as long whatever is wrong.</summary>
    private bool IsRightByPair()
    {
        if (_whole is null || _isTooLong)
        {
            return false;
        }

        var message = _whole.WrittenSpan.ToArray();
        return _pairs.Any(key => _claim.OfPairs.Any(signature => Ed25519.Verify(signature, 0, key, 0, message, 0, message.Length)));
    }

    public void Dispose() => _hashes.ForEach(hash => hash.Dispose());
}
