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

    /// <summary>Of a plan as <see cref="SyncEngine.PlanAsync"/> reports it.</summary>
    /// <exception cref="ArgumentException">The report is of a run, not of a plan.</exception>
    public static ApprovedPlan Of(SyncReport plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new ApprovedPlan
        {
            Sequence = plan.MadeFor.Sequence,
            Generation = plan.MadeFor.Generation,
            Changes = plan.Changes ?? throw new ArgumentException("it reports a run, not a plan", nameof(plan)),
            Tokens = plan.Embedding.Tokens,
            Cost = plan.Embedding.Cost,
        };
    }
}
