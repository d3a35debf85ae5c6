using Tidemark.Records;

namespace Tidemark.Queueing;

/// <summary>What became of a claimed change.</summary>
public abstract record ChangeSettlement
{
    private ChangeSettlement(ChangeLease lease) => Lease = lease;

    /// <summary>Of the claim.</summary>
    public ChangeLease Lease { get; }

    /// <summary>There was nothing to write.</summary>
    public sealed record Complete(ChangeLease Claimed) : ChangeSettlement(Claimed);

    /// <summary>It was not tried, through no fault of its own: it is due again after a while, and nothing is held against it.</summary>
    /// <param name="Claimed">The lease that is given back.</param>
    /// <param name="After">How long it rests.</param>
    public sealed record Release(ChangeLease Claimed, TimeSpan After) : ChangeSettlement(Claimed);

    /// <summary>It failed, and is tried again after a while.</summary>
    /// <param name="Claimed">The lease that is given back.</param>
    /// <param name="Failure">Why.</param>
    /// <param name="After">How long it rests.</param>
    public sealed record Retry(ChangeLease Claimed, ChangeFailure Failure, TimeSpan After) : ChangeSettlement(Claimed);

    /// <summary>It failed for the last time.</summary>
    /// <param name="Claimed">The lease that is given back.</param>
    /// <param name="Failure">Why.</param>
    public sealed record Bury(ChangeLease Claimed, ChangeFailure Failure) : ChangeSettlement(Claimed);
}
