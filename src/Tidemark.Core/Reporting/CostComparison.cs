namespace Tidemark.Reporting;

/// <summary>What four ways of keeping this index in step cost, by its corpus and its churn.</summary>
public sealed record CostComparison
{
    /// <summary>Whose corpus it is.</summary>
    public required string Namespace { get; init; }

    /// <summary>The embedding space that is priced.</summary>
    public required string Space { get; init; }

    /// <summary>USD; null where no price is known.</summary>
    public required decimal? PricePerMillionTokens { get; init; }

    /// <summary>What there is.</summary>
    public required CostCorpus Corpus { get; init; }

    /// <summary>How much of it changes.</summary>
    public required CostChurn Churn { get; init; }

    /// <summary>By name: nightly-full, per-write, change-feed, hash-based.</summary>
    public required IReadOnlyList<StrategyCost> Strategies { get; init; }

    /// <summary>For 1, 10 and 100 times the corpus, each with the churn of today and with others.</summary>
    public required IReadOnlyList<CostProjection> Projections { get; init; }

    /// <summary>USD that the runs of this namespace avoided so far; null where no price is known for some of it.</summary>
    public required decimal? Saved { get; init; }

    /// <summary>Tokens that they looked at and did not embed.</summary>
    public required long SavedTokens { get; init; }

    /// <summary>What is not known, and what to do about it.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
