using Tidemark.Embedding.Pricing;

namespace Tidemark.Reporting;

/// <summary>What the strategies send and cost in a month. <c>docs/cost.md</c> has the formulas. Pure.</summary>
internal static class StrategyCosts
{
    private const double DaysOfMonth = 30;
    private const int Decimals = 6;

    private static readonly int[] Scales = [1, 10, 100];
    private static readonly double[] OtherChurns = [0.005, 0.01, 0.05, 0.2];

    public static IReadOnlyList<StrategyCost> Of(CostCorpus corpus, CostChurn churn, decimal? price, int scale = 1)
    {
        // A feed that is worked off once a day embeds a document once a day, however often it was edited.
        var fed = churn.Edited is { } edited ? Math.Min(edited, Math.Max(1, churn.Daily!.Value)) : (double?)null;
        return
        [
            Of("nightly-full", 1),
            Of("per-write", churn.Written),
            Of("change-feed", fed),
            Of("hash-based", churn.Daily * (1 - churn.Reused)),
        ];

        StrategyCost Of(string name, double? daily)
        {
            var tokens = daily is { } share ? (long)Math.Round(corpus.Tokens * (double)scale * DaysOfMonth * share) : (long?)null;
            return new StrategyCost(name, tokens, tokens is { } sent ? Rounded(TokenPrice.CostOf(sent, price)) : null);
        }
    }

    public static IReadOnlyList<CostProjection> Project(CostCorpus corpus, CostChurn churn, decimal? price)
    {
        var churns = OtherChurns.Select(churn.At).ToList();
        if (churn.Daily is not null && !OtherChurns.Contains(churn.Daily.Value))
        {
            churns.Insert(0, churn);
        }

        return
        [
            .. Scales.SelectMany(
                _ => churns.OrderBy(one => one.Daily), (scale, one) => new CostProjection(scale, one.Daily!.Value, Of(corpus, one, price, scale))),
        ];
    }

    public static decimal? Rounded(decimal? usd) => usd is { } known ? Math.Round(known, Decimals) : null;

    /// <summary>What is not known or means little, and the way out.</summary>
    public static IReadOnlyList<string> NotesOn(CostCorpus corpus, CostChurn churn, string space, decimal? price)
    {
        var notes = new List<string>();
        if (corpus.Chunks == 0)
        {
            notes.Add("the index is empty: run 'SyncAsync(SOURCE)' first");
        }
        else if (churn.Daily is null)
        {
            notes.Add("churn is not known: there is no run behind the first load yet. Sync again when documents have changed, or name a share with CostOptions.Churn");
        }

        if (price is null)
        {
            notes.Add($"no price is known for '{space}': name one for a million tokens with CostOptions.PricePerMillionTokens or EmbeddingModel.PricePerMillionTokens");
        }
        else if (price == 0)
        {
            notes.Add($"'{space}' is free, so every strategy costs nothing: CostOptions.PricePerMillionTokens, or UseEmbedder() with a provider's model, says what another would cost");
        }

        return notes;
    }
}
