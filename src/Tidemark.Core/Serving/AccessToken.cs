using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Tidemark.Serving;

/// <summary>
/// What a caller sends: <c>tmk_</c>, 12 characters that name the key, an underscore and 52 that only its owner knows (260 random bits).
/// All are of the alphabet of RFC 4648's base 32 in lower case, so that a double click takes the whole of it, and scanners know it.
/// </summary>
internal readonly record struct AccessToken(string Id, string Secret)
{
    private const string Mark = "tmk_";
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private const int IdLength = 12, SecretLength = 52;
    private const int Length = 4 + IdLength + 1 + SecretLength;

    private static readonly SearchValues<char> Characters = SearchValues.Create(Alphabet);

    public static AccessToken Make(string? id = null) => new(
        id ?? RandomNumberGenerator.GetString(Alphabet, IdLength), RandomNumberGenerator.GetString(Alphabet, SecretLength));

    /// <returns>Null: it is no token of ours.</returns>
    public static AccessToken? Parse(string? text) =>
        text is { Length: Length }
        && text.StartsWith(Mark, StringComparison.Ordinal)
        && text[Mark.Length + IdLength] == '_'
        && text.AsSpan(Mark.Length, IdLength) is var id && !id.ContainsAnyExcept(Characters)
        && text.AsSpan(Mark.Length + IdLength + 1) is var secret && !secret.ContainsAnyExcept(Characters)
            ? new AccessToken(id.ToString(), secret.ToString())
            : null;

    /// <summary>SHA-256 of the secret: it is random, so that nothing slower is needed.</summary>
    public byte[] Hash() => SHA256.HashData(Encoding.UTF8.GetBytes(Secret));

    public string Write() => $"{Mark}{Id}_{Secret}";

    /// <summary>It is not for logs.</summary>
    public override string ToString() => $"{Mark}{Id}";
}
