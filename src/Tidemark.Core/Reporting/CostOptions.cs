using Tidemark.Records;

namespace Tidemark.Reporting;

/// <summary>Of which namespace the cost is computed, and what is assumed instead of measured.</summary>
public sealed record CostOptions
{
    /// <summary>How many days back changes are counted by default.</summary>
    public const int DefaultDays = 30;

    private const int MostDays = 3650;

    /// <summary>Null: the namespace of the index.</summary>
    public string? Namespace { get; init; }

    /// <summary>How many days back changes are counted.</summary>
    public int Days { get; init; } = DefaultDays;

    /// <summary>USD for a million tokens; null: the price of the model.</summary>
    public decimal? PricePerMillionTokens { get; init; }

    /// <summary>Which share of the chunks changes in a day, 0 to 1; null: as it was measured.</summary>
    public double? Churn { get; init; }

    /// <summary>Whether the model is another than the index was built with, so that what was saved is priced with it.</summary>
    public bool IsOtherModel { get; init; }

    /// <exception cref="TidemarkException"><c>usage</c>: a value out of its bounds.</exception>
    internal void Require()
    {
        if (Days is < 1 or > MostDays || PricePerMillionTokens < 0 || Churn is { } churn && churn is not (>= 0 and <= 1))
        {
            throw new TidemarkException(
                ErrorCodes.Usage,
                "of such days, such a price or such a churn no cost can be computed",
                $"give it 1 to {MostDays} days, a price that is not negative, and a share of 0 to 1");
        }
    }

    internal string NamespaceName => Namespace ?? NamespaceRecord.DefaultName;
}
