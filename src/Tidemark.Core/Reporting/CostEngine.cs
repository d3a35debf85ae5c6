using System.Text;
using Tidemark.Embedding;
using Tidemark.Embedding.Pricing;
using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Reporting;

/// <summary>Measures corpus and churn of a namespace and says what the strategies cost.</summary>
internal sealed class CostEngine(ITidemarkStore store, EmbeddingModel model, TimeProvider clock)
{
    public async Task<CostComparison> CompareAsync(NamespaceSummary known, CostOptions options, CancellationToken cancellationToken)
    {
        var price = options.PricePerMillionTokens ?? model.PricePerMillionTokens;
        var corpus = await MeasureAsync(known, cancellationToken).ConfigureAwait(false);
        var runs = await store.Reader.RunsAsync(known.Name, int.MaxValue, cancellationToken).ConfigureAwait(false);
        var paid = await store.Ledger.RunsAsync([.. runs.Select(run => run.Id)], cancellationToken).ConfigureAwait(false);
        var measured = ChurnHistory.Measure(runs, paid, corpus, options.Days, clock.GetUtcNow());
        var churn = options.Churn is { } assumed ? measured.At(assumed) with { IsAssumed = true } : measured;
        var figures = runs.Select(RunFigures.Of).ToList();
        var savedTokens = figures.Sum(run => run.AvoidedTokens);
        return new CostComparison
        {
            Namespace = known.Name,
            Space = model.Space.Name,
            PricePerMillionTokens = price,
            Corpus = corpus,
            Churn = churn,
            Strategies = StrategyCosts.Of(corpus, churn, price),
            Projections = StrategyCosts.Project(corpus, churn, price),
            Saved = StrategyCosts.Rounded(options.PricePerMillionTokens is not null || options.IsOtherModel
                ? TokenPrice.CostOf(savedTokens, price)
                : SavedBy(figures)),
            SavedTokens = savedTokens,
            Notes = StrategyCosts.NotesOn(corpus, churn, model.Space.Name, price),
        };
    }

    /// <summary>At the prices of the time.</summary>
    private static decimal? SavedBy(List<RunFigures> runs) =>
        runs.Any(run => run is { AvoidedTokens: > 0, AvoidedCost: null }) ? null : runs.Sum(run => run.AvoidedCost ?? 0);

    private async Task<CostCorpus> MeasureAsync(NamespaceSummary known, CancellationToken cancellationToken)
    {
        var (chunks, tokens, bytes) = (0L, 0L, 0L);
        await foreach (var chunk in store.Reader.ChunksAsync(known.Name, document: null, withVectors: false, cancellationToken)
            .ConfigureAwait(false))
        {
            chunks++;
            tokens += TokenEstimate.Of(chunk.Text);
            bytes += Encoding.UTF8.GetByteCount(chunk.Text);
        }

        var counted = await store.Ledger.SpaceAsync(model.Space, cancellationToken).ConfigureAwait(false);
        return new CostCorpus(known.Documents, chunks, (long)Math.Round(tokens * counted.Calibration), bytes);
    }
}
