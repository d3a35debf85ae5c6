using Tidemark.Syncing;

namespace Tidemark.Adopting;

/// <summary>How the vectors of another system are taken over.</summary>
public sealed record AdoptionOptions
{
    /// <summary>Whose embedding space they are said to be of; null: that of the index.</summary>
    public string? Namespace { get; init; }

    /// <summary>The model is not asked whether the vectors are its own.</summary>
    public bool Trust { get; init; }

    /// <summary>Counts, and neither asks the model nor writes.</summary>
    public bool DryRun { get; init; }

    /// <summary>
    /// Vectors with more dimensions than the space are cut to its first ones and brought to unit length, as models do that were trained for it.
    /// </summary>
    public bool Shorten { get; init; }

    /// <summary>What the samples may cost.</summary>
    public SpendingLimits Spending { get; init; } = SpendingLimits.None;

    /// <summary>Hears how many rows have been read; null: nobody does.</summary>
    public IProgress<long>? Progress { get; init; }
}
