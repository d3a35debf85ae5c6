using System.Security.Cryptography;

namespace Tidemark.Serving;

/// <summary>A key as it is kept: of its token the hash only, and for a while that of the token before.</summary>
internal sealed record StoredAccessKey(AccessKey Key, byte[] Hash, byte[]? FormerHash = null)
{
    /// <summary>No secret has it.</summary>
    private static readonly byte[] NoHash = new byte[SHA256.HashSizeInBytes];

    /// <summary>What takes the place of a key that there is none of: comparing takes as long.</summary>
    public static StoredAccessKey Unknown { get; } = Unreadable("", DateTimeOffset.UnixEpoch);

    /// <summary>Whether it is one of which nothing is known but that it was there.</summary>
    public bool IsUnreadable => Key.Scope == AccessScope.None;

    /// <summary>A key whose entry is damaged: nothing opens it.</summary>
    public static StoredAccessKey Unreadable(string id, DateTimeOffset at) =>
        new(new AccessKey { Id = id, Name = "unreadable", Scope = AccessScope.None, CreatedAt = at }, NoHash);

    /// <summary>Whether a token with this hash opens now. It takes as long whatever is wrong.</summary>
    public bool Opens(ReadOnlySpan<byte> hash, DateTimeOffset now)
    {
        var isCurrent = CryptographicOperations.FixedTimeEquals(hash, Hash);
        var isFormer = CryptographicOperations.FixedTimeEquals(hash, FormerHash ?? NoHash);
        return (isCurrent | (isFormer & (Key.FormerUntil > now))) & Key.IsValid(now) & !IsUnreadable;
    }
}
