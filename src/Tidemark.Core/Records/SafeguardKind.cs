namespace Tidemark.Records;

/// <summary>What a safeguard is for.</summary>
public enum SafeguardKind
{
    /// <summary>A legal hold: neither garbage collection nor purging nor expiry takes what it covers.</summary>
    Hold,

    /// <summary>What was forgotten: it does not come back.</summary>
    Forgotten,
}
