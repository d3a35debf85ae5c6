namespace Tidemark.Syncing;

/// <summary>A plan that somebody has looked at: a run does exactly this, or nothing.</summary>
public sealed record ApprovedPlan
{
    /// <summary>The namespace's commit sequence when the plan was made.</summary>
    public required long Sequence { get; init; }

    /// <summary>The generation that answered queries then; 0: there was none.</summary>
    public required long Generation { get; init; }

    /// <summary>What the history tells it by when it was done; null: it is not told.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>The call that makes it anew, as a person types it; null: unknown.</summary>
    public string? MadeBy { get; init; }

    /// <summary>What was approved, by document.</summary>
    public required IReadOnlyList<PlannedChange> Changes { get; init; }

    /// <summary>What was to be embedded, estimated.</summary>
    public required long Tokens { get; init; }

    /// <summary>USD; null where no price was known.</summary>
    public required decimal? Cost { get; init; }
}
