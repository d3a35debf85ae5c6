namespace Tidemark.Queueing;

/// <summary>What became of changes that were enqueued.</summary>
/// <param name="Added">Documents that had no change waiting before.</param>
/// <param name="Coalesced">Took the place of a change that was waiting.</param>
/// <param name="Outdated">Older than the change that is waiting, which stays.</param>
public readonly record struct EnqueueResult(long Added, long Coalesced, long Outdated)
{
    private static readonly IReadOnlyList<string> None = [];
    private readonly IReadOnlyList<string>? _contradictions;

    /// <summary>
    /// Documents whose change brought other content than the one that is waiting, under the same version number; that one stays.
    /// </summary>
    public IReadOnlyList<string> Contradictions
    {
        get => _contradictions ?? None;
        init => _contradictions = value is { Count: > 0 } ? value : null;
    }

    /// <summary>What became of one change that met another.</summary>
    /// <param name="document">Whose they are.</param>
    /// <param name="verdict">What <see cref="ChangeOrder"/> says of it.</param>
    /// <param name="isDead">The other had been given up: nothing was waiting.</param>
    public static EnqueueResult Of(string document, ChangeVerdict verdict, bool isDead) => verdict switch
    {
        ChangeVerdict.Supersedes => isDead ? new(1, 0, 0) : new(0, 1, 0),
        ChangeVerdict.Outdated => new(0, 0, 1),
        _ => new(0, 0, 0) { Contradictions = [document] },
    };

    /// <summary>The sum of two.</summary>
    public static EnqueueResult operator +(EnqueueResult a, EnqueueResult b) => new(a.Added + b.Added, a.Coalesced + b.Coalesced, a.Outdated + b.Outdated)
    {
        Contradictions = b._contradictions is null ? a.Contradictions : [.. a.Contradictions, .. b.Contradictions],
    };
}
