using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Records;

namespace Tidemark.Adopting;

/// <summary>What became of another system's vectors.</summary>
public sealed record AdoptionReport
{
    /// <summary>Where they are.</summary>
    public required OriginSurvey Origin { get; init; }

    /// <summary>The space whose vectors they are taken for.</summary>
    public required EmbeddingSpace Space { get; init; }

    /// <summary>Succeeded, partial (rows could not be used) or cancelled.</summary>
    public required RunOutcome Outcome { get; init; }

    /// <summary>Nothing was written.</summary>
    public bool DryRun { get; init; }

    /// <summary>Every row once.</summary>
    public required AdoptionCounts Counts { get; init; }

    /// <summary>How near the samples were; null: the model was not asked.</summary>
    public AdoptionSample? Sample { get; init; }

    /// <summary>Rows that cannot be used although they have text and vector: the first of each kind.</summary>
    public IReadOnlyList<ItemFailure> Errors { get; init; } = [];

    /// <summary>What a person should know.</summary>
    public IReadOnlyList<ItemWarning> Warnings { get; init; } = [];

    /// <summary>From the samples to the last row.</summary>
    public TimeSpan Elapsed { get; init; }
}
