using Tidemark.Embedding;

namespace Tidemark.Adopting;

/// <summary>What the model said to the claim that vectors are its own.</summary>
/// <param name="Similarities">Cosine of its vector and the other system's, one a text.</param>
/// <param name="Usage">What that took.</param>
/// <param name="Cost">USD; null where no price is known.</param>
/// <param name="IsUnit">Whether its vectors have unit length.</param>
public sealed record AdoptionSample(IReadOnlyList<double> Similarities, EmbeddingUsage Usage, decimal? Cost, bool IsUnit)
{
    /// <summary>The fewest that vectors of one model and one text have: models differ a little from call to call, half precision less.</summary>
    public const double LeastSimilarity = 0.999;

    /// <summary>How many texts are embedded.</summary>
    public const int Size = 3;
}
